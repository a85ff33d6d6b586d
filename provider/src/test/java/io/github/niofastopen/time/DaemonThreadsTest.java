// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DaemonThreadsTest {

    /** As an application server's, which is to be collected once the application is undeployed. */
    @Test
    void theClassLoaderOfTheFirstCallerIsNotKeptAlive() throws Exception {
        // given
        ApplicationLoader loader = new ApplicationLoader();
        WeakReference<ApplicationLoader> undeployed = new WeakReference<>(loader);
        Thread thread = loader.newCaller().call();

        // when
        loader = null;

        // then
        while (undeployed.get() != null) {
            System.gc();
            assertThat(Thread.interrupted()).as("the time is over").isFalse();
        }
        Reference.reachabilityFence(thread);
    }

    @Test
    void aThreadIsADaemonOfTheRootGroup() {
        Thread thread = DaemonThreads.named("of the root group").newThread(() -> { });

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getThreadGroup().getParent()).isNull();
        assertThat(thread.getContextClassLoader()).isNull();
        assertThat(thread.getName()).isEqualTo("of the root group");
    }

    /** Defined once more by a loader of its own. */
    public static final class FirstCaller implements Callable<Thread> {
        @Override
        public Thread call() {
            return DaemonThreads.named("first").newThread(new Nothing());
        }
    }

    /** Of the application that goes on. */
    public static final class Nothing implements Runnable {
        @Override
        public void run() {
            // The thread isn't started.
        }
    }

    private static final class ApplicationLoader extends ClassLoader {
        ApplicationLoader() {
            super(DaemonThreadsTest.class.getClassLoader());
        }

        @SuppressWarnings("unchecked")
        Callable<Thread> newCaller() throws IOException, ReflectiveOperationException {
            String name = FirstCaller.class.getName();
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return (Callable<Thread>) defineClass(name, bytes, 0, bytes.length).getConstructor().newInstance();
            }
        }
    }
}
