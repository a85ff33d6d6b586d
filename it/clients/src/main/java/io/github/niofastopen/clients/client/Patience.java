// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.util.concurrent.atomic.AtomicBoolean;

/** How long the libraries are told to wait that try again until then: failures are to be reported soon. */
final class Patience {
    private static final int FIRST_SECONDS = 20;
    private static final int LATER_SECONDS = 6;
    private static final AtomicBoolean LOADED = new AtomicBoolean();

    private Patience() {
    }

    /** The JVM's first client has the library's classes to load as well. */
    static int seconds() {
        return LOADED.compareAndSet(false, true) ? FIRST_SECONDS : LATER_SECONDS;
    }
}
