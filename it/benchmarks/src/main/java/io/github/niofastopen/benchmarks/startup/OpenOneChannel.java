// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.startup;

import java.nio.channels.SocketChannel;

/** The program whose start is measured: the least that needs the provider. */
public final class OpenOneChannel {
    private OpenOneChannel() {
    }

    public static void main(String[] arguments) throws Exception {
        SocketChannel.open();
    }
}
