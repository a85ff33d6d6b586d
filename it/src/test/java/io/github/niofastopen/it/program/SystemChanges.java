// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import static io.github.niofastopen.it.program.Exchanges.HELLO_LENGTH;
import static io.github.niofastopen.it.program.Exchanges.check;
import static io.github.niofastopen.it.program.Exchanges.counter;
import static io.github.niofastopen.it.program.Exchanges.hello;

import io.github.niofastopen.monitor.FastOpenMXBean;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** What changes around the channels, and what is told of them. */
final class SystemChanges {
    private SystemChanges() {
    }

    /** The bean, which comes to be in the background once there was a connect. */
    static FastOpenMXBean bean() throws IOException {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = new ObjectName("io.github.niofastopen:type=FastOpen");
            while (!server.isRegistered(name)) {
                Thread.onSpinWait();
            }
            return JMX.newMXBeanProxy(server, name, FastOpenMXBean.class);
        } catch (MalformedObjectNameException e) {
            throw new IOException(e);
        }
    }

    static void tellModule() {
        System.out.println(SelectorProvider.provider().getClass().getModule());
    }

    static void tellMemory() throws IOException {
        System.out.println(bean().getDestinations() + " " + bean().getAvoided().keySet());
    }

    static void forgetCookies() throws IOException {
        Process flush = new ProcessBuilder("ip", "tcp_metrics", "flush", "all").inheritIO().start();
        try {
            check(flush.waitFor() == 0, "the kernel forgets nothing");
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    static void setSysctl(int value) throws IOException {
        Files.writeString(Path.of("/proc/sys/net/ipv4/tcp_fastopen"), Integer.toString(value));
    }

    /** Code that connects and accepts on one thread, at this machine's own addresses, where the kernel would defer. */
    static void ownAddresses(InetSocketAddress remote) throws IOException {
        long before = fastOpenConnections();
        for (String own : new String[] {"127.0.0.1", "::1", System.getenv("LAB_NEAR"), System.getenv("LAB_NEAR6")}) {
            for (int i = 0; i < 3; i++) {
                InetSocketAddress here = new InetSocketAddress(own, remote.getPort());
                try (ServerSocketChannel server = ServerSocketChannel.open().bind(here);
                        SocketChannel near = SocketChannel.open(here)) {
                    near.write(hello(HELLO_LENGTH));
                    try (SocketChannel far = server.accept()) {
                        check(far.read(ByteBuffer.allocate(HELLO_LENGTH)) == HELLO_LENGTH, "not all arrived");
                    }
                }
            }
        }
        check(fastOpenConnections() == before, "the kernel counted a Fast Open connection");
    }

    private static long fastOpenConnections() throws IOException {
        return counter("/proc/net/netstat", "TcpExt:", "TCPFastOpenActive");
    }
}
