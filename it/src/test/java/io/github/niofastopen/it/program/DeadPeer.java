// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import io.github.niofastopen.it.lab.PathFaults;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A client of a peer that dies after three good connections, by the sockets of channels and with time-outs. Prints what
 * each call came to; a call that lasts ten times its time-out is {@code still waiting}, and ends the program.
 */
public final class DeadPeer {
    private static final int TIMEOUT_MILLIS = 1000;
    private static final long PATIENCE_SECONDS = 10;
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor();

    private final InetSocketAddress remote;
    private final List<Socket> kept = new ArrayList<>();

    private DeadPeer(InetSocketAddress remote) {
        this.remote = remote;
    }

    private interface Call {
        void run() throws IOException;
    }

    /** Arguments: server address, port, and {@code connect-timeout}, {@code write-after-timeout} or {@code kept-open}. */
    public static void main(String[] args) throws IOException {
        DeadPeer peer = new DeadPeer(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
        for (int i = 0; i < 3; i++) {
            peer.goodConnection();
        }
        PathFaults.here().become("dead");
        peer.meet(args[2]);
        Runtime.getRuntime().halt(0); // a close may wait, too
    }

    private void goodConnection() throws IOException {
        try (Link link = Link.of("adaptor")) {
            link.connect(remote);
            link.send(TwoFlights.hello(300));
            link.receive(300);
        }
    }

    private void meet(String scenario) throws IOException {
        switch (scenario) {
            case "connect-timeout":
                exchange(0);
                break;
            case "write-after-timeout":
                Socket socket = exchange(TIMEOUT_MILLIS);
                tell("write", () -> socket.getOutputStream().write(new byte[100]));
                break;
            default:
                for (int i = 0; i < 4; i++) {
                    exchange(TIMEOUT_MILLIS);
                }
        }
    }

    /** A ClientHello and the answer to it, as far as it comes; the socket stays open. */
    private Socket exchange(int readTimeoutMillis) throws IOException {
        Socket socket = SocketChannel.open().socket();
        kept.add(socket);
        if (tell("connect", () -> socket.connect(remote, TIMEOUT_MILLIS))) {
            socket.setSoTimeout(readTimeoutMillis);
            tell("hello", () -> socket.getOutputStream().write(TwoFlights.hello(300)));
            tell("read", () -> socket.getInputStream().read());
        }
        return socket;
    }

    private static boolean tell(String name, Call call) {
        var giveUp = TIMER.schedule(() -> {
            System.out.println(name + " still waiting");
            Runtime.getRuntime().halt(0);
        }, PATIENCE_SECONDS, TimeUnit.SECONDS);
        try {
            call.run();
            System.out.println(name + " done");
            return true;
        } catch (IOException e) {
            System.out.println(name + " " + e);
            return false;
        } finally {
            giveUp.cancel(false);
        }
    }
}
