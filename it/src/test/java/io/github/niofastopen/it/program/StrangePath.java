// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.JMException;

/**
 * A client of many connections, to which each one's path may be a strange one: what was learned is forgotten before each then. A
 * ClientHello and a second flight are sent back, as TLS has them.
 */
public final class StrangePath {
    private static final byte[] HELLO = TwoFlights.hello(300);
    private static final int SECOND_FLIGHT = 200;

    private StrangePath() {
    }

    /**
     * Arguments: server address, port, number of connections, how many at a time, and {@code jdk} where nothing
     * is learned; else whether that is to {@code forget} or to {@code remember}. Prints {@code ok} or {@code failed} and why for each, then what they came to.
     */
    public static void main(String[] args) throws Exception {
        InetSocketAddress remote = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        Outcomes outcomes = args[4].equals("jdk") ? null : new Outcomes();
        Outcomes forgotten = args[4].equals("forget") ? outcomes : null;
        System.out.println(connection(remote, "blocking", null));
        ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(args[3]));
        List<Future<String>> results = new ArrayList<>();
        for (int i = 1; i < Integer.parseInt(args[2]); i++) {
            String style = i % 2 == 0 ? "blocking" : "selector";
            results.add(threads.submit(() -> connection(remote, style, forgotten)));
        }
        for (Future<String> result : results) {
            System.out.println(result.get());
        }
        threads.shutdown();
        if (outcomes != null) {
            outcomes.tell(System.out);
        }
    }

    private static String connection(InetSocketAddress remote, String style, Outcomes forgotten) throws JMException {
        if (forgotten != null) {
            forgotten.await();
            forgotten.forget();
        }
        try (Link link = Link.of(style)) {
            link.connect(remote);
            sendAndReceive(link, HELLO);
            sendAndReceive(link, Arrays.copyOf(HELLO, SECOND_FLIGHT));
            return "ok";
        } catch (IOException | RuntimeException e) {
            return "failed: " + e;
        }
    }

    private static void sendAndReceive(Link link, byte[] message) throws IOException {
        link.send(message);
        if (!Arrays.equals(link.receive(message.length), message)) {
            throw new IOException("the echo differs");
        }
    }
}
