// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.time;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;

/**
 * Makes threads by which nothing of the thread that happened to be first is kept alive: no thread locals, no class loader,
 * none of the protection domains on its stack.
 */
public final class DaemonThreads implements ThreadFactory {
    /** Since JEP 486 (JDK 24) a thread has no access control context. */
    private static final int NO_CONTEXTS_SINCE = 24;

    private final String name;

    private DaemonThreads(String name) {
        this.name = name;
    }

    public static ThreadFactory named(String name) {
        return new DaemonThreads(name);
    }

    @Override
    public Thread newThread(Runnable task) {
        return Runtime.version().feature() < NO_CONTEXTS_SINCE ? WithoutContext.newThread(name, task) : newThread(name, task);
    }

    private static Thread newThread(String name, Runnable task) {
        Thread thread = new Thread(rootGroup(), task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    private static ThreadGroup rootGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group != null && group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    /** A thread keeps the context of the constructor's caller, of which a privileged action hides all but its own class. */
    @SuppressWarnings("removal")
    private static final class WithoutContext implements PrivilegedAction<Thread> {
        private final String name;
        private final Runnable task;

        private WithoutContext(String name, Runnable task) {
            this.name = name;
            this.task = task;
        }

        static Thread newThread(String name, Runnable task) {
            return AccessController.doPrivileged(new WithoutContext(name, task));
        }

        @Override
        public Thread run() {
            return DaemonThreads.newThread(name, task);
        }
    }
}
