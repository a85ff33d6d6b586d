package io.github.niofastopen.deferral;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs what a deferred connection owes its application when a time has passed. One daemon thread for all channels, which
 * starts with the first task, and ends when there has been none for a while.
 */
public final class DeferralTimer {
    private static final long IDLE_SECONDS = 30;

    private DeferralTimer() {
    }

    /**
     * Runs a task, which must not block, once {@code millis} have passed.
     *
     * @return null if no thread can be had for it: an application that runs out of threads must not learn it from connect
     */
    public static Future<?> after(long millis, Runnable task) {
        try {
            // First, since a task that no thread could be had for would stay in the queue.
            Holder.EXECUTOR.prestartCoreThread();
            return Holder.EXECUTOR.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    private static final class Holder {
        static final ScheduledThreadPoolExecutor EXECUTOR = executor();

        private static ScheduledThreadPoolExecutor executor() {
            ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(1, DaemonThreads.named("nio-fastopen-deferral"));
            executor.setRemoveOnCancelPolicy(true);
            executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
            executor.allowCoreThreadTimeOut(true);
            return executor;
        }
    }
}
