// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeferralTimerTest {
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LATE = TimeUnit.MINUTES.toNanos(10);
    private static final long LATER = TimeUnit.MINUTES.toNanos(20);

    /** What a thread that is woken for each of a thousand connections stays far above. */
    private static final long FEW = 10;

    private final DeferralTimer timer = new DeferralTimer("timer under test");
    /** Much later than {@link #SOON}, so that it is later even where a slow machine calls for it first. */
    private static final long AFTERWARDS = TimeUnit.SECONDS.toNanos(1);

    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    @Test
    void runsTasksInTheOrderOfTheirTimes() throws InterruptedException {
        // given
        CountDownLatch busy = busyUntilReleased();

        // when
        timer.schedule(LATE, () -> done.add("late"));
        timer.schedule(AFTERWARDS, () -> done.add("second"));
        timer.schedule(SOON, () -> done.add("first"));
        busy.countDown();

        // then
        assertThat(List.of(done.take(), done.take())).containsExactly("first", "second");
    }

    @Test
    void runsNothingThatWasCancelled() throws InterruptedException {
        // given
        CountDownLatch busy = busyUntilReleased();
        DeferralTimer.Task cancelled = timer.schedule(SOON, () -> done.add("cancelled"));
        timer.schedule(2 * SOON, () -> done.add("other"));

        // when
        cancelled.cancel();
        busy.countDown();

        // then
        assertThat(done.take()).isEqualTo("other");
        assertThat(done).isEmpty();
    }

    /** However slow this machine is, the timer gets to what is scheduled from now on when it is released. */
    private CountDownLatch busyUntilReleased() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        timer.schedule(0, () -> {
            begun.countDown();
            awaitQuietly(released);
        });
        begun.await();
        return released;
    }

    private static void awaitQuietly(CountDownLatch released) {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void goesOnAfterATaskThatFails() throws InterruptedException {
        // given
        timer.schedule(SOON, () -> {
            throw new IllegalStateException("a task's failure");
        });

        // when
        timer.schedule(2 * SOON, () -> done.add("next"));

        // then
        assertThat(done.take()).isEqualTo("next");
    }

    @Test
    void goesOnAfterAnErrorWhileItWaits() throws InterruptedException {
        // given: the thread that keeps the times finds no memory, twice
        AtomicInteger failures = new AtomicInteger(2);
        Thread connecting = Thread.currentThread();
        DeferralTimer failing = new DeferralTimer("failing timer under test") {
            @Override
            long now() {
                if (Thread.currentThread() != connecting && failures.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("a moment without memory");
                }
                return super.now();
            }
        };

        // when
        failing.schedule(SOON, () -> done.add("in time"));

        // then
        assertThat(done.take()).isEqualTo("in time");
        assertThat(failures.get()).isNegative();
    }

    @Test
    void sleepsOnWhileConnectionsComeAndGoInTime() throws InterruptedException {
        // given
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        timer.schedule(SOON, () -> threads.add(Thread.currentThread()));
        Thread thread = threads.take();
        timer.schedule(LATE, () -> done.add("late"));
        long before = waitsOnceAsleep(thread);

        // when
        List<DeferralTimer.Task> connections = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            connections.add(timer.schedule(LATER, () -> done.add("later")));
        }
        connections.forEach(DeferralTimer.Task::cancel);

        // then
        assertThat(waitsOnceAsleep(thread) - before).isLessThan(FEW);
    }

    /** How often the thread has begun to wait, seen when it does. */
    private static long waitsOnceAsleep(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId()).getWaitedCount();
    }
}
