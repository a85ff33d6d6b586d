// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One line that tells how far it is, where standard error is a terminal. */
final class Progress {
    private static final String TO_LINE_START = "\r";
    private static final String ERASE_LINE = "\u001b[K";

    private final PrintStream err;
    private final boolean on;

    Progress(PrintStream err) {
        this(err, isTerminal());
    }

    Progress(PrintStream err, boolean on) {
        this.err = err;
        this.on = on;
    }

    /** System.console() tells of standard input and output, and from Java 22 on nothing at all of terminals. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    void show(String text) {
        if (on) {
            err.print(TO_LINE_START + text + ERASE_LINE);
            err.flush();
        }
    }

    void erase() {
        show("");
    }
}
