// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import io.github.niofastopen.it.contract.ThreadKind;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What a thread of its own does, and how that ends. */
final class Act {
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int GLANCES = 4;
    /** Where the JDK's channels use a descriptor for as long as its peer likes (sun.nio.ch). */
    private static final Set<String> USES_OF_A_DESCRIPTOR = Set.of("poll", "pollIndirect", "pollDirect", "read0", "readv0",
        "write0", "writev0", "connect0", "pollConnect", "sendOOB", "transferTo0");

    private final Thread thread;
    private volatile String ending;

    private Act(ThreadKind kind, Callable<?> work) {
        thread = kind.unstarted(() -> ending = run(work));
    }

    static Act start(ThreadKind kind, Callable<?> work) {
        Act act = new Act(kind, work);
        act.thread.start();
        return act;
    }

    private static String run(Callable<?> work) {
        String how;
        try {
            how = ("returned " + work.call()).trim();
        } catch (Throwable e) {
            how = e.getClass().getSimpleName();
        }
        return Thread.currentThread().isInterrupted() ? how + ", interrupted" : how;
    }

    Thread thread() {
        return thread;
    }

    void join() throws InterruptedException {
        thread.join();
    }

    boolean isOver() {
        return ending != null;
    }

    /** How it has ended, or null. */
    String ending() {
        return ending;
    }

    /** Returns once it is over, or the thread is seen at the same place of a wait several times in a row. */
    void awaitOverOrBlocked() {
        awaitBlockedOr(this::isOver);
    }

    void awaitBlockedOr(BooleanSupplier event) {
        StackTraceElement[] last = {};
        for (int same = 0; same < GLANCES && !event.getAsBoolean() && !isOver();) {
            LockSupport.parkNanos(GLANCE_NANOS);
            StackTraceElement[] now = thread.getStackTrace();
            Carriers.wake();
            same = waits(now) && now.length == last.length && now[0].equals(last[0]) ? same + 1 : 0;
            last = now;
        }
    }

    /** A native method may also be one that reads a class. */
    private boolean waits(StackTraceElement[] trace) {
        Thread.State state = thread.getState();
        boolean parked = state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING || state == Thread.State.BLOCKED;
        return trace.length > 0 && (parked || usesDescriptor(trace));
    }

    /** Whether it is seen where its channel's descriptor is in use. */
    boolean usesDescriptor() {
        return usesDescriptor(thread.getStackTrace());
    }

    private static boolean usesDescriptor(StackTraceElement[] trace) {
        return Stream.of(trace).anyMatch(frame -> frame.getClassName().startsWith("sun.nio.ch.")
            && USES_OF_A_DESCRIPTOR.contains(frame.getMethodName()));
    }
}
