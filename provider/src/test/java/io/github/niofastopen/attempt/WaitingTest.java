// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitingTest {
    private static final int ROUNDS = 2_000;
    private static final int THREADS = 4;

    private final Waiting waiting = new Waiting();

    @Test
    void whoEntersIsInsideUntilLeaving() {
        boolean entered = waiting.enter();
        boolean inside = waiting.includeThisThread();
        boolean finishes = waiting.leave();

        assertThat(List.of(entered, inside, finishes, waiting.includeThisThread(), waiting.any()))
            .containsExactly(true, true, false, false, false);
    }

    @Test
    void aCloseWithNobodyInsideIsFinishedByItsCaller() {
        assertThat(waiting.close()).isTrue();
        assertThat(waiting.enter()).isFalse();
    }

    @Test
    void aThreadMayBeInsideTwice() {
        waiting.enter();
        waiting.enter();

        boolean close = waiting.close();
        boolean inner = waiting.leave();
        boolean outer = waiting.leave();

        assertThat(List.of(close, inner, outer)).containsExactly(false, false, true);
    }

    @Test
    void whatHasEndedStaysClosedToAll() {
        boolean ended = waiting.endIfNobodyIsInside();

        assertThat(ended).isTrue();
        assertThat(waiting.enter()).isFalse();
        assertThat(waiting.close()).as("a close afterwards is its caller's").isTrue();
    }

    @Test
    void ofManyInARaceWithACloseExactlyOneFinishesIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(finishersOfARace(threads)).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int finishersOfARace(ExecutorService threads) throws Exception {
        Waiting raced = new Waiting();
        AtomicInteger finishers = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(THREADS + 1);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(threads.submit(() -> {
                start.await();
                if (raced.enter() && raced.leave()) {
                    finishers.incrementAndGet();
                }
                return null;
            }));
        }
        running.add(threads.submit(() -> {
            start.await();
            if (raced.close()) {
                finishers.incrementAndGet();
            }
            return null;
        }));
        for (Future<?> each : running) {
            each.get();
        }
        return finishers.get();
    }
}
