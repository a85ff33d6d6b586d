// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import io.github.niofastopen.it.contract.ThreadKind;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

/** The threads that carry the virtual ones. The JVM must open java.lang and java.util.concurrent. */
final class Carriers {
    private static final int COUNT = Integer.getInteger("jdk.virtualThreadScheduler.parallelism", 1);
    private static final int MANY = 64;
    private static final boolean EXIST = ThreadKind.available().contains(ThreadKind.VIRTUAL);

    private final CountDownLatch occupied = new CountDownLatch(COUNT);
    private volatile boolean free;

    private Carriers() {
    }

    static int count() {
        return COUNT;
    }

    /** Gives each of them something to do that doesn't end before {@link #free}. */
    static Carriers occupy() throws InterruptedException {
        Carriers carriers = new Carriers();
        for (int i = 0; i < COUNT; i++) {
            ThreadKind.VIRTUAL.unstarted(carriers::spin).start();
            wake();
        }
        carriers.occupied.await();
        return carriers;
    }

    private void spin() {
        occupied.countDown();
        while (!free) {
            Thread.onSpinWait();
        }
    }

    void free() {
        free = true;
    }

    /** More carriers than there are threads that could hold one: whatever stands still goes on. */
    static void add() {
        set(MANY);
        for (int i = 0; i < MANY; i++) {
            wake();
        }
    }

    static void takeAway() {
        set(COUNT);
    }

    private static void set(int parallelism) {
        if (EXIST) {
            call("setParallelism", new Class<?>[] {int.class}, parallelism);
        }
    }

    /** Has the scheduler look for a task that no carrier was called for: it calls one for the first of a queue alone. */
    static void wake() {
        if (EXIST) {
            call("signalWork", new Class<?>[0]);
        }
    }

    private static void call(String name, Class<?>[] parameters, Object... arguments) {
        try {
            Field scheduler = Class.forName("java.lang.VirtualThread").getDeclaredField("DEFAULT_SCHEDULER");
            scheduler.setAccessible(true);
            Method method = ForkJoinPool.class.getDeclaredMethod(name, parameters);
            method.setAccessible(true);
            method.invoke(scheduler.get(null), arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the scheduler of virtual threads isn't what it was", e);
        }
    }
}
