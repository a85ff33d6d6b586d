// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import io.github.niofastopen.monitor.FastOpenMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The near end for programs that speak bytes: each scenario is what some application might do with a socket channel
 * against an {@link EchoServer}. The connection of the scenario comes after one that has fetched the cookie.
 */
public final class Scenarios {
    private static final int HELLO_LENGTH = 300;
    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.put("blocking-heap", Scenarios::blockingHeap);
        SCENARIOS.put("blocking-direct", Scenarios::blockingDirect);
        SCENARIOS.put("blocking-large", Scenarios::blockingLarge);
        SCENARIOS.put("ipv4-socket", Scenarios::ipv4Socket);
        SCENARIOS.put("gathering", Scenarios::gathering);
        SCENARIOS.put("selector-large", Scenarios::selectorLarge);
        SCENARIOS.put("selector-connect-ignored", Scenarios::selectorConnectIgnored);
        SCENARIOS.put("adaptor-streams", Scenarios::adaptorStreams);
        SCENARIOS.put("adaptor-timeout", Scenarios::adaptorTimeout);
        SCENARIOS.put("channels-streams", Scenarios::channelsStreams);
        SCENARIOS.put("plain-text", Scenarios::plainText);
        SCENARIOS.put("plain-text-selector", Scenarios::plainTextSelector);
        SCENARIOS.put("file-first", Scenarios::fileFirst);
        SCENARIOS.put("file-after-hello", remote -> fileAfterHello(remote, true));
        SCENARIOS.put("file-after-hello-selector", remote -> fileAfterHello(remote, false));
        SCENARIOS.put("finish-after-ready", Scenarios::finishAfterReady);
        SCENARIOS.put("await-greeting", Scenarios::awaitGreeting);
        SCENARIOS.put("await-greeting-selector", Scenarios::awaitGreetingSelector);
        SCENARIOS.put("await-greeting-timeout", Scenarios::awaitGreetingTimeout);
        SCENARIOS.put("write-late", Scenarios::writeLate);
        SCENARIOS.put("finish-late", Scenarios::finishLate);
        SCENARIOS.put("half-close-first", Scenarios::halfCloseFirst);
        SCENARIOS.put("half-close-after-hello", Scenarios::halfCloseAfterHello);
        SCENARIOS.put("close-unwritten", Scenarios::closeUnwritten);
        SCENARIOS.put("refused-blocking", Scenarios::refusedBlocking);
        SCENARIOS.put("refused-adaptor", Scenarios::refusedAdaptor);
        SCENARIOS.put("refused-selector", Scenarios::refusedSelector);
        SCENARIOS.put("refused-by-connect", Scenarios::refusedByConnect);
        SCENARIOS.put("dead-address-first", Scenarios::deadAddressFirst);
        SCENARIOS.put("kernel-forgets", remote -> forgetCookies());
        SCENARIOS.put("reset-since", Scenarios::resetSince);
        SCENARIOS.put("tell-local-ports", Scenarios::tellLocalPorts);
        SCENARIOS.put("sysctl-off", remote -> setSysctl(0));
        SCENARIOS.put("sysctl-on", remote -> setSysctl(1));
        SCENARIOS.put("write-while-connecting", Scenarios::writeWhileConnecting);
        SCENARIOS.put("transfer-while-connecting", Scenarios::transferWhileConnecting);
        SCENARIOS.put("finish-blocking", Scenarios::finishBlocking);
        SCENARIOS.put("tell-module", remote -> System.out.println(SelectorProvider.provider().getClass().getModule()));
        SCENARIOS.put("jmx-off", remote -> bean().setEnabled(false));
        SCENARIOS.put("jmx-on", remote -> bean().setEnabled(true));
        SCENARIOS.put("jmx-tell-memory", remote -> System.out.println(bean().getDestinations() + " " + bean().getAvoided().keySet()));
        SCENARIOS.put("jmx-forget", remote -> bean().forget(remote.getAddress().getHostAddress()));
        SCENARIOS.put("jmx-forget-all", remote -> bean().forgetAll());
        SCENARIOS.put("died-since", Scenarios::diedSince);
        SCENARIOS.put("out-of-ports", Scenarios::outOfPorts);
        SCENARIOS.put("out-of-descriptors", Scenarios::outOfDescriptors);
        SCENARIOS.put("own-addresses", Scenarios::ownAddresses);
    }

    private Scenarios() {
    }

    private interface Scenario {
        void run(InetSocketAddress remote) throws IOException;
    }

    /** Arguments: server address, port, and names of scenarios, each run after the other. */
    public static void main(String[] args) throws IOException {
        InetSocketAddress remote = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        fetchCookie(remote);
        for (String name : Arrays.copyOfRange(args, 2, args.length)) {
            SCENARIOS.get(name).run(remote);
            System.out.println(name + " done");
        }
    }

    private static void fetchCookie(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            channel.write(hello(HELLO_LENGTH));
            channel.shutdownOutput();
            readToEnd(channel);
        }
    }

    private static void blockingHeap(InetSocketAddress remote) throws IOException {
        exchange(SocketChannel.open(remote), hello(HELLO_LENGTH));
    }

    private static void blockingDirect(InetSocketAddress remote) throws IOException {
        exchange(SocketChannel.open(remote), ByteBuffer.allocateDirect(HELLO_LENGTH).put(hello(HELLO_LENGTH)).flip());
    }

    private static void blockingLarge(InetSocketAddress remote) throws IOException {
        exchange(SocketChannel.open(remote), hello(4000));
    }

    private static void ipv4Socket(InetSocketAddress remote) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
        channel.connect(remote);
        exchange(channel, hello(HELLO_LENGTH));
    }

    private static void exchange(SocketChannel channel, ByteBuffer message) throws IOException {
        try (channel) {
            byte[] expected = bytesOf(message);
            int written = channel.write(message);
            check(written == expected.length, "a blocking write wrote " + written + " of " + expected.length);
            channel.shutdownOutput();
            check(Arrays.equals(readToEnd(channel), expected), "the echo differs");
        }
    }

    private static void gathering(InetSocketAddress remote) throws IOException {
        byte[] message = bytesOf(hello(HELLO_LENGTH));
        ByteBuffer[] parts = {
            ByteBuffer.wrap(message, 0, 3), ByteBuffer.allocate(0), ByteBuffer.wrap(message, 3, 4).slice(),
            ByteBuffer.allocateDirect(200).put(message, 7, 200).flip(), ByteBuffer.wrap(message, 207, 93)};
        try (SocketChannel channel = SocketChannel.open(remote)) {
            check(channel.write(parts) == HELLO_LENGTH, "not all was written");
            channel.shutdownOutput();
            check(Arrays.equals(readToEnd(channel), message), "the echo differs");
        }
    }

    private static void selectorLarge(InetSocketAddress remote) throws IOException {
        withSelector(remote, true, bytesOf(hello(4000)));
    }

    private static void selectorConnectIgnored(InetSocketAddress remote) throws IOException {
        withSelector(remote, false, bytesOf(hello(HELLO_LENGTH)));
    }

    private static void plainTextSelector(InetSocketAddress remote) throws IOException {
        withSelector(remote, false, "EHLO lab\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Connects, writes and reads as an event loop does. */
    private static void withSelector(InetSocketAddress remote, boolean registerFirst, byte[] message) throws IOException {
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = registerFirst ? channel.register(selector, SelectionKey.OP_CONNECT) : null;
            check(!channel.connect(remote), "connected at once");
            check(channel.isConnectionPending() && !channel.isConnected(), "not pending");
            if (key == null) {
                key = channel.register(selector, SelectionKey.OP_CONNECT);
            }
            select(selector, key, SelectionKey.OP_CONNECT);
            check(channel.finishConnect() && channel.isConnected() && !channel.isConnectionPending(), "not connected");
            ByteBuffer out = ByteBuffer.wrap(message);
            ByteBuffer in = ByteBuffer.allocate(message.length);
            while (in.hasRemaining()) {
                key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE | SelectionKey.OP_READ : SelectionKey.OP_READ);
                select(selector, key, SelectionKey.OP_WRITE | SelectionKey.OP_READ);
                if (key.isWritable()) {
                    channel.write(out);
                }
                if (key.isReadable()) {
                    check(channel.read(in) >= 0, "the stream ended");
                }
            }
            check(Arrays.equals(in.array(), message), "the echo differs");
        }
    }

    /** A selection may find nothing, as a wake-up has it; no more than that. */
    private static void select(Selector selector, SelectionKey key, int ops) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        do {
            selector.selectedKeys().clear();
            selector.select(10_000);
            check(System.nanoTime() - end < 0, "nothing became ready");
        } while (!selector.selectedKeys().contains(key) || (key.readyOps() & ops) == 0);
    }

    private static void adaptorStreams(InetSocketAddress remote) throws IOException {
        byte[] message = bytesOf(hello(HELLO_LENGTH));
        try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
            socket.connect(remote);
            exchange(socket.getInputStream(), socket.getOutputStream(), message);
        }
    }

    private static void adaptorTimeout(InetSocketAddress remote) throws IOException {
        byte[] message = bytesOf(hello(4000));
        try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
            socket.setSoTimeout(10_000);
            socket.connect(remote, 10_000);
            exchange(socket.getInputStream(), socket.getOutputStream(), message);
        }
    }

    private static void channelsStreams(InetSocketAddress remote) throws IOException {
        byte[] message = bytesOf(hello(HELLO_LENGTH));
        try (SocketChannel channel = SocketChannel.open(remote)) {
            exchange(Channels.newInputStream(channel), Channels.newOutputStream(channel), message);
        }
    }

    private static void exchange(InputStream in, OutputStream out, byte[] message) throws IOException {
        out.write(message);
        check(Arrays.equals(in.readNBytes(message.length), message), "the echo differs");
    }

    private static void plainText(InetSocketAddress remote) throws IOException {
        exchange(SocketChannel.open(remote), ByteBuffer.wrap("EHLO lab\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private static void fileFirst(InetSocketAddress remote) throws IOException {
        byte[] content = bytesOf(hello(5000));
        Path file = Files.write(Files.createTempFile("lab", null), content);
        try (FileChannel source = FileChannel.open(file); SocketChannel channel = SocketChannel.open(remote)) {
            long sent = 0;
            while (sent < content.length) {
                sent += source.transferTo(sent, content.length - sent, channel);
            }
            channel.shutdownOutput();
            check(Arrays.equals(readToEnd(channel), content), "the echo differs");
        } finally {
            Files.delete(file);
        }
    }

    /** What isn't written, but sent by the kernel from a file, comes after what was written before. */
    private static void fileAfterHello(InetSocketAddress remote, boolean blocking) throws IOException {
        byte[] hello = bytesOf(hello(HELLO_LENGTH));
        byte[] content = bytesOf(hello(5000));
        Path file = Files.write(Files.createTempFile("lab", null), content);
        try (FileChannel source = FileChannel.open(file); SocketChannel channel = SocketChannel.open()) {
            if (blocking) {
                channel.connect(remote);
            } else {
                beginInNonBlockingMode(channel, remote);
            }
            check(channel.write(ByteBuffer.wrap(hello)) == hello.length, "not all was written");
            for (long sent = 0; sent < content.length;) {
                sent += source.transferTo(sent, content.length - sent, channel);
            }
            channel.configureBlocking(true);
            channel.shutdownOutput();
            byte[] echo = readToEnd(channel);
            check(Arrays.equals(Arrays.copyOf(echo, HELLO_LENGTH), hello), "the hello's echo differs");
            check(Arrays.equals(Arrays.copyOfRange(echo, HELLO_LENGTH, echo.length), content), "the file's echo differs");
        } finally {
            Files.delete(file);
        }
    }

    private static void beginInNonBlockingMode(SocketChannel channel, InetSocketAddress remote) throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(remote);
            select(selector, key, SelectionKey.OP_CONNECT);
            check(channel.finishConnect(), "not connected");
        }
    }

    /** An event loop that has been told that the connect can be finished, and gets to it when the window has elapsed. */
    private static void finishAfterReady(InetSocketAddress remote) throws IOException {
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(remote);
            select(selector, key, SelectionKey.OP_CONNECT);
            awaitBareSyn();
            check(channel.finishConnect(), "not connected, though the selector said so");
            key.interestOps(SelectionKey.OP_WRITE);
            ByteBuffer hello = hello(HELLO_LENGTH);
            while (hello.hasRemaining()) {
                select(selector, key, SelectionKey.OP_WRITE);
                channel.write(hello);
            }
            key.interestOps(SelectionKey.OP_READ);
            select(selector, key, SelectionKey.OP_READ);
            check(channel.read(ByteBuffer.allocate(HELLO_LENGTH)) > 0, "no echo");
        }
    }

    private static void awaitGreeting(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            ByteBuffer greeting = ByteBuffer.allocate(100);
            check(channel.read(greeting) > 0, "no greeting");
        }
    }

    private static void awaitGreetingTimeout(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            channel.socket().setSoTimeout(10_000);
            check(channel.socket().getInputStream().read() > 0, "no greeting");
        }
    }

    private static void awaitGreetingSelector(InetSocketAddress remote) throws IOException {
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(remote);
            select(selector, key, SelectionKey.OP_CONNECT);
            check(channel.finishConnect(), "not connected");
            key.interestOps(SelectionKey.OP_READ);
            select(selector, key, SelectionKey.OP_READ);
            check(channel.read(ByteBuffer.allocate(100)) > 0, "no greeting");
        }
    }

    /** A pool that opens ahead: the ClientHello comes when the window has long elapsed. */
    private static void writeLate(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            awaitBareSyn();
            byte[] message = bytesOf(hello(HELLO_LENGTH));
            channel.write(ByteBuffer.wrap(message));
            channel.shutdownOutput();
            check(Arrays.equals(readToEnd(channel), message), "the echo differs");
        }
    }

    /** An event loop that is busy elsewhere until the window has elapsed. */
    private static void finishLate(InetSocketAddress remote) throws IOException {
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(remote);
            awaitBareSyn();
            select(selector, key, SelectionKey.OP_CONNECT);
            check(channel.finishConnect(), "not connected");
            byte[] message = bytesOf(hello(HELLO_LENGTH));
            check(channel.write(ByteBuffer.wrap(message)) == message.length, "not all was written");
        }
    }

    /** Waits for the event itself: the kernel counts the connections whose handshake it has finished or begun. */
    private static void awaitBareSyn() throws IOException {
        long before = synsSent();
        while (synsSent() == before) {
            Thread.onSpinWait();
        }
    }

    /** Which tcp_connect() counts when a SYN leaves, held back or not. */
    private static long synsSent() throws IOException {
        return counter("/proc/net/snmp", "Tcp:", "ActiveOpens");
    }

    private static void halfCloseFirst(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            channel.shutdownOutput();
            check(readToEnd(channel).length == 0, "bytes from nowhere");
        }
    }

    private static void halfCloseAfterHello(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.connect(remote);
            byte[] message = bytesOf(hello(HELLO_LENGTH));
            channel.write(ByteBuffer.wrap(message));
            channel.shutdownOutput();
            check(Arrays.equals(readToEnd(channel), message), "the echo differs");
        }
    }

    private static void closeUnwritten(InetSocketAddress remote) throws IOException {
        SocketChannel.open(remote).close();
    }

    private static void refusedBlocking(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(closedPortOf(remote))) {
            channel.write(hello(HELLO_LENGTH));
            expectRefusal(() -> channel.read(ByteBuffer.allocate(1)));
            check(channel.isOpen() && channel.isConnected(), "closed under the application");
            expectRefusal(() -> channel.read(ByteBuffer.allocate(1)));
            expectRefusal(() -> channel.write(hello(HELLO_LENGTH)));
        }
    }

    private static void refusedAdaptor(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
            socket.connect(closedPortOf(remote), 10_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello(HELLO_LENGTH).array());
            expectRefusal(() -> socket.getInputStream().read());
        }
    }

    private static void refusedSelector(InetSocketAddress remote) throws IOException {
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(closedPortOf(remote));
            select(selector, key, SelectionKey.OP_CONNECT);
            check(channel.finishConnect(), "not connected");
            check(channel.write(hello(HELLO_LENGTH)) == HELLO_LENGTH, "not all was written");
            key.interestOps(SelectionKey.OP_READ);
            select(selector, key, SelectionKey.OP_READ);
            expectRefusal(() -> channel.read(ByteBuffer.allocate(1)));
        }
    }

    private static void refusedByConnect(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            expectRefusal(() -> channel.connect(closedPortOf(remote)));
        }
    }

    /** A client that has a list of addresses for a name, the first of which nobody answers at. */
    private static void deadAddressFirst(InetSocketAddress remote) throws IOException {
        for (String address : new String[] {"192.0.2.200", remote.getAddress().getHostAddress()}) {
            try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
                socket.connect(new InetSocketAddress(address, remote.getPort()), 1000);
                exchange(socket.getInputStream(), socket.getOutputStream(), bytesOf(hello(HELLO_LENGTH)));
                System.out.println("reached " + address);
            } catch (SocketTimeoutException e) {
                System.out.println(e.getMessage() + " " + address);
            }
        }
    }

    /** A port where TLS is expected, at a destination that the kernel has a cookie for, on which nobody listens. */
    private static InetSocketAddress closedPortOf(InetSocketAddress remote) {
        return new InetSocketAddress(remote.getAddress(), 993);
    }

    private static void expectRefusal(Call call) throws IOException {
        try {
            call.run();
        } catch (ConnectException e) {
            check("Connection refused".equals(e.getMessage()), "the message is " + e.getMessage());
            return;
        }
        throw new IOException("no ConnectException");
    }

    private interface Call {
        void run() throws IOException;
    }

    private static void tellLocalPorts(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            channel.write(hello(HELLO_LENGTH));
            channel.read(ByteBuffer.allocate(1));
            System.out.println(((InetSocketAddress) channel.getLocalAddress()).getPort() + " "
                + channel.socket().getLocalPort() + " " + ((InetSocketAddress) channel.socket().getLocalSocketAddress()).getPort());
        }
    }

    private static void writeWhileConnecting(InetSocketAddress remote) throws IOException {
        byte[] message = "EHLO lab\r\n".getBytes(StandardCharsets.US_ASCII);
        whileConnecting(remote, channel -> channel.write(ByteBuffer.wrap(message)), message);
    }

    private static void transferWhileConnecting(InetSocketAddress remote) throws IOException {
        byte[] message = bytesOf(hello(HELLO_LENGTH));
        Path file = Files.write(Files.createTempFile("lab", null), message);
        try (FileChannel source = FileChannel.open(file)) {
            whileConnecting(remote, channel -> source.transferTo(0, message.length, channel), message);
        } finally {
            Files.delete(file);
        }
    }

    private interface Writing {
        long to(SocketChannel channel) throws IOException;
    }

    /** One thread connects, and another that can't wait writes as soon as it may. */
    private static void whileConnecting(InetSocketAddress remote, Writing writing, byte[] message) throws IOException {
        for (int i = 0; i < 30; i++) {
            try (SocketChannel channel = SocketChannel.open()) {
                FutureTask<Long> impatient = new FutureTask<>(() -> writeAsSoonAsConnected(channel, writing));
                new Thread(impatient).start();
                channel.connect(remote);
                check(get(impatient) == message.length, "not all was written");
                channel.shutdownOutput();
                check(Arrays.equals(readToEnd(channel), message), "the echo differs");
            }
        }
    }

    private static long writeAsSoonAsConnected(SocketChannel channel, Writing writing) throws IOException {
        while (!channel.isConnected()) {
            Thread.onSpinWait();
        }
        return writing.to(channel);
    }

    private static <T> T get(FutureTask<T> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    /** A channel that has begun to connect as an event loop does, and is then made blocking. */
    private static void finishBlocking(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress("192.0.2.9", remote.getPort()));
            channel.configureBlocking(true);
            check(channel.finishConnect(), "not connected");
            exchange(Channels.newInputStream(channel), Channels.newOutputStream(channel), bytesOf(hello(HELLO_LENGTH)));
        }
    }

    /** A peer that doesn't answer any more, met by three connections of a client that waits for it as long each time. */
    private static void diedSince(InetSocketAddress remote) throws IOException {
        for (int i = 0; i < 3; i++) {
            try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
                socket.setSoTimeout(700);
                socket.connect(remote, 700);
                System.out.println("connected");
                exchange(socket.getInputStream(), socket.getOutputStream(), bytesOf(hello(HELLO_LENGTH)));
            } catch (SocketTimeoutException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** As many connections at a time as there are local ports, and one more. */
    private static void outOfPorts(InetSocketAddress remote) throws IOException {
        int ports = 8;
        Files.writeString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"), "50000 " + (50000 + ports - 1));
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < ports; i++) {
            channels.add(SocketChannel.open(remote));
        }
        try (SocketChannel channel = SocketChannel.open()) {
            tellFailure(() -> channel.connect(remote));
            System.out.println("open: " + channel.isOpen());
        }
        try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
            tellFailure(() -> socket.connect(remote, 1000));
        }
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            tellFailure(() -> channel.connect(remote));
        }
        finish(channels);
    }

    /** As many channels as there are descriptors, which are connected only then. */
    private static void outOfDescriptors(InetSocketAddress remote) throws IOException {
        // What needs classes from files has to be loaded while files can be opened.
        finish(List.of(SocketChannel.open(remote)));
        List<SocketChannel> channels = new ArrayList<>();
        tellFailure(() -> {
            while (true) {
                channels.add(SocketChannel.open());
            }
        });
        for (SocketChannel channel : channels.subList(0, 4)) {
            channel.connect(remote);
        }
        finish(channels.subList(0, 4));
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    private static void finish(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            exchange(channel, hello(HELLO_LENGTH));
        }
    }

    private static void tellFailure(Call call) throws IOException {
        try {
            call.run();
            System.out.println("no failure");
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    /** The bean, which comes to be in the background once there was a connect. */
    private static FastOpenMXBean bean() throws IOException {
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

    /** Over a path so short that a connection without a cookie takes no longer than a SYN that is held back. */
    private static void resetSince(InetSocketAddress remote) throws IOException {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), remote.getPort());
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(here)) {
            for (int i = 0; i < 2; i++) {
                try (SocketChannel near = SocketChannel.open(here)) {
                    near.write(hello(HELLO_LENGTH));
                    server.accept().close();
                    expectReset(near);
                }
            }
            forgetCookies();
            try (SocketChannel near = SocketChannel.open(here)) {
                server.accept().setOption(StandardSocketOptions.SO_LINGER, 0).close();
                expectReset(near);
            }
        }
    }

    private static void expectReset(SocketChannel channel) throws IOException {
        try {
            check(false, "in place of a reset, read returned " + channel.read(ByteBuffer.allocate(1)));
        } catch (IOException e) {
            check("Connection reset".equals(e.getMessage()), e.toString());
        }
    }

    private static void forgetCookies() throws IOException {
        Process flush = new ProcessBuilder("ip", "tcp_metrics", "flush", "all").inheritIO().start();
        try {
            check(flush.waitFor() == 0, "the kernel forgets nothing");
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private static void setSysctl(int value) throws IOException {
        Files.writeString(Path.of("/proc/sys/net/ipv4/tcp_fastopen"), Integer.toString(value));
    }

    /** Code that connects and accepts on one thread, at this machine's own addresses, where the kernel would defer. */
    private static void ownAddresses(InetSocketAddress remote) throws IOException {
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

    /** A counter of the kernel's, from a table of two lines for each group: names, and values. */
    private static long counter(String table, String group, String name) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(table)).stream().filter(line -> line.startsWith(group)).toList();
        String[] names = lines.get(0).split(" ");
        String[] values = lines.get(1).split(" ");
        return Long.parseLong(values[Arrays.asList(names).indexOf(name)]);
    }

    /** What begins as a TLS record with a ClientHello, of a length that one can choose. */
    private static ByteBuffer hello(int length) {
        byte[] hello = new byte[length];
        new Random(length).nextBytes(hello);
        ByteBuffer.wrap(hello).put((byte) 22).putShort((short) 0x0301).putShort((short) (length - 5))
            .put((byte) 1).put((byte) 0).putShort((short) (length - 9)).putShort((short) 0x0303);
        return ByteBuffer.wrap(hello);
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] readToEnd(SocketChannel channel) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(1 << 16);
        int n;
        do {
            n = channel.read(read);
        } while (n >= 0);
        return Arrays.copyOf(read.array(), read.position());
    }

    private static void check(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }
}
