// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Interrupts tests of JUnit 4 that hang, which has no time limit of its own for all tests as Jupiter has. */
final class TimeLimit implements TestExecutionListener {
    static final int SECONDS = 60;

    private final Map<String, Future<?>> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "time limit");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest() && test.getUniqueId().startsWith("[engine:junit-vintage]")) {
            Thread thread = Thread.currentThread();
            running.put(test.getUniqueId(), timer.schedule(thread::interrupt, SECONDS, TimeUnit.SECONDS));
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Future<?> limit = running.remove(test.getUniqueId());
        if (limit != null) {
            limit.cancel(false);
        }
    }
}
