// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import io.github.niofastopen.it.lab.PathFaults;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client on a path that turns bad: each of its connections has a ClientHello sent back, and a second flight, as TLS has
 * them. The first to each destination, which fetches the cookie, is made while the path is good.
 */
public final class TwoFlights {
    private static final int SECOND_FLIGHT = 200;
    private static final long PATIENCE_SECONDS = 3;
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(TwoFlights::daemon);

    private final String style;
    private final byte[] hello;

    private TwoFlights(String style, int helloLength) {
        this.style = style;
        this.hello = hello(helloLength);
    }

    /**
     * Arguments: style, faults in one word, length of the ClientHello, connections to each address, port, addresses.
     * Prints for each what it took until the hello was back, in microseconds, or {@code failed} and why.
     */
    public static void main(String[] args) throws Exception {
        TwoFlights flights = new TwoFlights(args[0], Integer.parseInt(args[2]));
        int connections = Integer.parseInt(args[3]);
        List<InetSocketAddress> remotes = Arrays.stream(args).skip(5)
            .map(address -> new InetSocketAddress(address, Integer.parseInt(args[4]))).toList();
        FutureTask<Void> all = new FutureTask<>(() -> flights.run(remotes, args[1], connections), null);
        if (args[0].equals("virtual")) {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, all);
        } else {
            all.run();
        }
        all.get();
        System.exit(0); // whatever has been left waiting
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    private void run(List<InetSocketAddress> remotes, String faults, int connections) {
        remotes.forEach(remote -> require(connection(remote)));
        turnBad(faults);
        for (InetSocketAddress remote : remotes) {
            for (int i = 0; i < connections; i++) {
                System.out.println(connection(remote));
            }
        }
    }

    private static void require(String result) {
        if (result.startsWith("failed")) {
            throw new IllegalStateException("on a good path: " + result);
        }
    }

    private static void turnBad(String faults) {
        try {
            PathFaults.here().become(faults);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closed where nothing comes back in time: a failure then, however the style tells it. */
    private String connection(InetSocketAddress remote) {
        try (Link link = Link.of(style)) {
            ScheduledFuture<?> end = TIMER.schedule(() -> close(link), PATIENCE_SECONDS, TimeUnit.SECONDS);
            try {
                return exchange(link, remote);
            } finally {
                end.cancel(false);
            }
        } catch (IOException | RuntimeException e) {
            return "failed: " + e;
        }
    }

    private String exchange(Link link, InetSocketAddress remote) throws IOException {
        long start = System.nanoTime();
        link.connect(remote);
        sendAndReceive(link, hello);
        long micros = (System.nanoTime() - start) / 1000;
        sendAndReceive(link, Arrays.copyOf(hello, SECOND_FLIGHT));
        return Long.toString(micros);
    }

    private static void sendAndReceive(Link link, byte[] message) throws IOException {
        link.send(message);
        if (!Arrays.equals(link.receive(message.length), message)) {
            throw new IOException("the echo differs");
        }
    }

    private static void close(Link link) {
        try {
            link.close();
        } catch (IOException e) {
            System.err.println("close: " + e);
        }
    }

    /** What begins as a TLS record with a ClientHello does. */
    static byte[] hello(int length) {
        byte[] hello = new byte[length];
        ByteBuffer.wrap(hello).put((byte) 22).putShort((short) 0x0301).putShort((short) (length - 5))
            .put((byte) 1).put((byte) 0).putShort((short) (length - 9)).putShort((short) 0x0303);
        return hello;
    }
}
