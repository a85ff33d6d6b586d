// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The near end of the path: lets the contenders have their turns, and prints a line of JSON for each exchange. */
public final class NearEnd {
    public static final String FULL = "full";
    public static final String RESUMED = "resumed";
    /** What a line of standard error begins with that tells how far it is. */
    public static final String PROGRESS = "round ";
    /** So that the end of one connection doesn't disturb the beginning of the next. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LISTEN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private NearEnd() {
    }

    /** Argument: the file with the plan. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        Plan plan = json.readValue(Path.of(args[0]).toFile(), Plan.class);
        long started = Long.parseLong(System.getenv("LAB_STARTED_NS"));
        List<Contender> contenders = new ArrayList<>();
        Process server = new ProcessBuilder(plan.loopbackServer()).inheritIO().start();
        try {
            awaitListening(plan.loopbackPort());
            for (Plan.Step step : plan.contenders()) {
                contenders.add(Contender.of(step, started));
            }
        } finally {
            server.destroy();
        }
        Random order = new Random(plan.rounds());
        for (int round = 1; round <= plan.rounds(); round++) {
            System.err.println(PROGRESS + round + " of " + plan.rounds());
            for (Contender contender : contenders) {
                List<String> handshakes = new ArrayList<>(contender.step().handshakes());
                Collections.rotate(handshakes, round);
                for (String handshake : handshakes) {
                    contender.exchange(handshake);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            // So that nobody always follows the same one.
            Collections.shuffle(contenders, order);
        }
        for (Contender contender : contenders) {
            contender.end();
            for (Exchange exchange : contender.exchanges()) {
                System.out.println(json.writeValueAsString(exchange));
            }
        }
    }

    private static void awaitListening(int port) throws IOException {
        long deadline = System.nanoTime() + LISTEN_NANOS;
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("the server to warm up with does not listen", e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
