// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.time.Duration;
import java.util.Optional;

/** The time-out for connect that a program gives its clients by {@code clients.connect.timeout}, in ms; without it they keep their own. */
final class ConnectTimeout {

    private ConnectTimeout() {
    }

    static Optional<Duration> wanted() {
        int millis = Integer.getInteger("clients.connect.timeout", 0);
        return millis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    /** In ms. */
    static int or(int own) {
        return wanted().map(timeout -> (int) timeout.toMillis()).orElse(own);
    }
}
