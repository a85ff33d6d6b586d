// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Who takes turns. One that fails has none any more if it may fail, and ends all if it may not. */
final class Turns {
    /** So that the end of one connection doesn't disturb the beginning of the next. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final List<Contender> contenders = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Report.Failure> failures = new ArrayList<>();
    private final Random order;

    Turns(long seed) {
        order = new Random(seed);
    }

    void begin(Contender contender) throws IOException, InterruptedException {
        contenders.add(contender);
        attempt(contender, contender::begin);
    }

    void round(int number) throws IOException, InterruptedException {
        for (Contender contender : List.copyOf(contenders)) {
            List<String> handshakes = new ArrayList<>(contender.step().handshakes());
            Collections.rotate(handshakes, number);
            attempt(contender, () -> exchangeEach(contender, handshakes));
        }
        // So that nobody always follows the same one.
        Collections.shuffle(contenders, order);
    }

    private static void exchangeEach(Contender contender, List<String> handshakes) throws IOException, InterruptedException {
        for (String handshake : handshakes) {
            contender.exchange(handshake);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    Report end() throws IOException, InterruptedException {
        for (Contender contender : List.copyOf(contenders)) {
            attempt(contender, contender::end);
        }
        contenders.forEach(contender -> exchanges.addAll(contender.exchanges()));
        return new Report(exchanges, failures);
    }

    private void attempt(Contender contender, Action action) throws IOException, InterruptedException {
        try {
            action.run();
        } catch (IOException e) {
            if (!contender.step().mayFail()) {
                throw new IOException(contender.step().name() + " failed: " + e.getMessage(), e);
            }
            contender.abandon();
            contenders.remove(contender);
            exchanges.addAll(contender.exchanges());
            failures.add(new Report.Failure(contender.step().name(), e.getMessage()));
        }
    }

    /** What a contender is asked to do. */
    private interface Action {
        void run() throws IOException, InterruptedException;
    }
}
