// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import java.io.IOException;
import java.nio.file.Path;

/** An image that jlink has made. */
final class RunTimeImage {

    private RunTimeImage() {
    }

    /** Whether its JVM starts: not where the JDK brings along a newer C library than the machine's, which no image gets. */
    static boolean starts(Path java) throws IOException {
        try {
            return new ProcessBuilder(java.toString(), "-version").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an image started", e);
        }
    }
}
