// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.time;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs, in order, what isn't ours: log handlers, management. It may take its time, or never return, while the times that
 * connections are owed are kept by another thread. What is too much is dropped.
 */
public final class Background implements Executor {
    private static final int MOST_WAITING = 1000;
    private static final long IDLE_SECONDS = 5;

    /** Null before the first task; protected by this object's monitor. */
    private ThreadPoolExecutor executor;

    @Override
    public void execute(Runnable task) {
        try {
            executor().execute(new Quiet(task));
        } catch (OutOfMemoryError e) {
            // No thread can be had.
        }
    }

    private synchronized ThreadPoolExecutor executor() {
        if (executor == null) {
            executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING),
                DaemonThreads.named("nio-fastopen-log"), new ThreadPoolExecutor.DiscardPolicy());
            executor.allowCoreThreadTimeOut(true);
        }
        return executor;
    }

    /** What a log handler throws is for no one else to see; JDK's loggers report it themselves. */
    private static final class Quiet implements Runnable {
        private final Runnable task;

        Quiet(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // The next task is run all the same.
            }
        }
    }
}
