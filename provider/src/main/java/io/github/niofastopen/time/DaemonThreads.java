// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.time;

import java.util.concurrent.ThreadFactory;

/** Makes threads by which nothing of the thread that happened to be first is kept alive: no thread locals, no class loader. */
public final class DaemonThreads implements ThreadFactory {
    private final String name;

    private DaemonThreads(String name) {
        this.name = name;
    }

    public static ThreadFactory named(String name) {
        return new DaemonThreads(name);
    }

    @Override
    public Thread newThread(Runnable task) {
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
}
