// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Gives this machine more addresses, connects, and prints how many bytes the first connect has allocated on its thread. */
public final class ManyAddresses {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ManyAddresses() {
    }

    /** Arguments: server address, port, and how many addresses more. */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress remote = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        addAddresses(Integer.parseInt(arguments[2]));
        try (SocketChannel channel = SocketChannel.open()) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            channel.connect(remote);
            System.out.println(THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
    }

    private static void addAddresses(int count) throws IOException, InterruptedException {
        Process ip = new ProcessBuilder("ip", "-batch", "-").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (OutputStream commands = ip.getOutputStream()) {
            for (int i = 0; i < count; i++) {
                String line = "address add 10.9." + i / 256 + "." + i % 256 + "/32 dev lo\n";
                commands.write(line.getBytes(StandardCharsets.US_ASCII));
            }
        }
        if (ip.waitFor() != 0) {
            throw new IllegalStateException("ip(8) can't add addresses");
        }
    }
}
