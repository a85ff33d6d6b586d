// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.time;

import java.io.Serializable;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs what a deferred connection owes its application when a time has passed. One daemon thread for all channels, which
 * starts with the first task, and ends when there has been none for a while.
 *
 * <p>Nearly every task is cancelled long before its time, so neither that nor a task behind others wakes the thread. It
 * sleeps until what was the earliest time when it last looked, and then looks again: a few times a second, however many
 * connections are made. (A ScheduledThreadPoolExecutor that removes cancelled tasks is woken for each connection.)
 */
public class DeferralTimer {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** What fails once more at once must not keep a processor busy. */
    private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final DeferralTimer SHARED = new DeferralTimer("nio-fastopen-deferral");

    private final String threadName;
    /** Protects all that follows; no other lock is taken while it is held, and tasks run without it. */
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private final TreeSet<Task> tasks = new TreeSet<>(new EarliestFirst());
    private Thread thread;
    /** Whether the thread sleeps, and until when. */
    private boolean asleep;
    private long wakeNanos;
    private long sequence;

    DeferralTimer(String threadName) {
        this.threadName = threadName;
    }

    /**
     * Runs a task, which must not block, once {@code millis} have passed.
     *
     * @return null if no thread can be had for it: an application that runs out of threads must not learn it from connect
     */
    public static Task after(long millis, Runnable task) {
        return SHARED.schedule(TimeUnit.MILLISECONDS.toNanos(millis), task);
    }

    Task schedule(long nanos, Runnable action) {
        lock.lock();
        try {
            Task task = new Task(this, now() + nanos, sequence++, action);
            tasks.add(task);
            if (thread == null) {
                startThread();
            } else if (asleep && task.nanoTime - wakeNanos < 0) {
                earlier.signal();
            }
            if (thread == null) {
                tasks.remove(task);
                return null;
            }
            return task;
        } finally {
            lock.unlock();
        }
    }

    private void startThread() {
        try {
            Thread started = DaemonThreads.named(threadName).newThread(new Loop());
            started.start();
            thread = started;
        } catch (OutOfMemoryError e) {
            // Thread.start's, for want of a native thread.
        }
    }

    private void runAll() {
        boolean ended = false;
        while (!ended) {
            try {
                ended = !runNext();
            } catch (Throwable e) {
                // Neither one connection's failure nor a moment without memory must take the others' times with it.
                LockSupport.parkNanos(AFTER_FAILURE_NANOS);
            }
        }
    }

    /** @return false if there was nothing to do for long enough to end */
    private boolean runNext() {
        Runnable due = awaitDue();
        if (due != null) {
            due.run();
        }
        return due != null;
    }

    /** The action of the next task whose time has come; null if there was nothing to do for long enough to end. */
    private Runnable awaitDue() {
        lock.lock();
        try {
            long idleUntil = now() + IDLE_NANOS;
            while (true) {
                long now = now();
                Task first = tasks.isEmpty() ? null : tasks.first();
                if (first == null && idleUntil - now <= 0) {
                    thread = null;
                    return null;
                }
                if (first != null && first.nanoTime - now <= 0) {
                    tasks.remove(first);
                    return first.takeAction();
                }
                if (first != null) {
                    idleUntil = now + IDLE_NANOS;
                }
                sleepUntil(first == null ? idleUntil : first.nanoTime, now);
            }
        } finally {
            lock.unlock();
        }
    }

    private void sleepUntil(long nanoTime, long now) {
        wakeNanos = nanoTime;
        asleep = true;
        try {
            earlier.awaitNanos(nanoTime - now);
        } catch (InterruptedException e) {
            // Nobody is to interrupt this thread; whoever does makes it look early.
        } finally {
            asleep = false;
        }
    }

    /** As {@link System#nanoTime}; overridden by tests. */
    long now() {
        return System.nanoTime();
    }

    // No lambdas: each costs a cold JVM half a millisecond

    private final class Loop implements Runnable {
        @Override
        public void run() {
            runAll();
        }
    }

    private static final class EarliestFirst implements Comparator<Task>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public int compare(Task a, Task b) {
            long difference = a.nanoTime == b.nanoTime ? a.sequence - b.sequence : a.nanoTime - b.nanoTime;
            return Long.signum(difference);
        }
    }

    /** Something to be done in time. */
    public static final class Task {
        private final DeferralTimer timer;
        private final long nanoTime;
        private final long sequence;
        /** Null once taken or cancelled. */
        private Runnable action;

        private Task(DeferralTimer timer, long nanoTime, long sequence, Runnable action) {
            this.timer = timer;
            this.nanoTime = nanoTime;
            this.sequence = sequence;
            this.action = action;
        }

        /** Does nothing where the task has begun to run. Doesn't wait for its end. */
        public void cancel() {
            timer.lock.lock();
            try {
                if (takeAction() != null) {
                    timer.tasks.remove(this);
                }
            } finally {
                timer.lock.unlock();
            }
        }

        private Runnable takeAction() {
            Runnable taken = action;
            action = null;
            return taken;
        }
    }
}
