// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Work on a thread of its own, a platform or a virtual one. */
final class Background<T> {
    private static final long PATIENCE_SECONDS = 20;
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int GLANCES = 4;
    /** Processors of a virtual machine may disagree about the time: the JDK's own time-outs were seen to end 0.4 ms early. */
    private static final long DISAGREEMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final Thread thread;

    private Background(Callable<T> work, ThreadKind kind) {
        thread = kind.unstarted(() -> {
            try {
                outcome.complete(work.call());
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        thread.start();
    }

    static <T> Background<T> run(Callable<T> work) {
        return run(ThreadKind.PLATFORM, work);
    }

    static <T> Background<T> run(ThreadKind kind, Callable<T> work) {
        return new Background<>(work, kind);
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean isDone() {
        return outcome.isDone();
    }

    T result() throws Exception {
        try {
            return outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
        }
    }

    /** The least that a time-out of so many ms takes in ns, as it is measured. */
    static long leastNanos(long timeoutMillis) {
        return TimeUnit.MILLISECONDS.toNanos(timeoutMillis) - DISAGREEMENT_NANOS;
    }

    /** What the work threw; null if nothing. */
    Throwable failure() throws InterruptedException, TimeoutException {
        try {
            outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** Returns once the thread is seen at the same place in a system call, or parked, several times in a row. */
    Background<T> awaitBlocked() throws InterruptedException {
        StackTraceElement[] last = {};
        for (int same = 0; same < GLANCES && !outcome.isDone();) {
            LockSupport.parkNanos(GLANCE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            StackTraceElement[] now = thread.getStackTrace();
            same = waits(now) && now.length == last.length && now[0].equals(last[0]) ? same + 1 : 0;
            last = now;
        }
        return this;
    }

    private boolean waits(StackTraceElement[] trace) {
        Thread.State state = thread.getState();
        return trace.length > 0
            && (trace[0].isNativeMethod() || state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING);
    }
}
