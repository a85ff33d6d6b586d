// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import java.util.List;
import java.util.stream.Stream;

/** The kinds of threads that this JDK has. */
public enum ThreadKind {
    PLATFORM,
    /** JDK 21 and later. */
    VIRTUAL;

    /** The kinds of this JDK. */
    public static List<ThreadKind> available() {
        return Stream.of(values()).filter(kind -> kind == PLATFORM || Runtime.version().feature() >= 21).toList();
    }

    public Thread unstarted(Runnable work) {
        if (this == PLATFORM) {
            Thread thread = new Thread(work, "background");
            thread.setDaemon(true);
            return thread;
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (Thread) Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class)
                .invoke(builder, work);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no virtual threads", e);
        }
    }
}
