// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The near end of the path: lets the contenders have their turns, and prints a {@link Report} of JSON. */
public final class NearEnd {
    public static final String FULL = "full";
    public static final String RESUMED = "resumed";
    /** What a line of standard error begins with that tells how far it is. */
    public static final String PROGRESS = "round ";
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LISTEN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private NearEnd() {
    }

    /** Argument: the file with the plan. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        Plan plan = json.readValue(Path.of(args[0]).toFile(), Plan.class);
        Turns turns = new Turns(plan.rounds());
        warmUp(plan, turns);
        for (int round = 1; round <= plan.rounds(); round++) {
            System.err.println(PROGRESS + round + " of " + plan.rounds());
            turns.round(round);
        }
        System.out.println(json.writeValueAsString(turns.end()));
    }

    private static void warmUp(Plan plan, Turns turns) throws IOException, InterruptedException {
        long started = Long.parseLong(System.getenv("LAB_STARTED_NS"));
        Process server = new ProcessBuilder(plan.loopbackServer()).inheritIO().start();
        try {
            awaitListening(plan.loopbackPort());
            for (Plan.Step step : plan.contenders()) {
                turns.begin(Contender.of(step, started));
            }
        } finally {
            server.destroy();
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
