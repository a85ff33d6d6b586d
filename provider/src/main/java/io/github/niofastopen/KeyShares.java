// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.door.JdkDoor;
import io.github.niofastopen.monitor.Log;
import java.util.List;

/** Has key shares predicted from now on, or says why they aren't. */
final class KeyShares {
    private final JdkDoor door;
    private final Attempts attempts;

    KeyShares(JdkDoor door, Attempts attempts) {
        this.door = door;
        this.attempts = attempts;
    }

    void predict() {
        try {
            door.openKeyShares(attempts);
        } catch (JdkDoor.ClosedException e) {
            Log.warn(List.of("key shares aren't predicted, they are the JDK's own: " + e.getMessage()));
        }
    }
}
