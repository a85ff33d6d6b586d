// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.util.Collections;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/** What a client keeps of TLS sessions. */
final class Sessions {
    private Sessions() {
    }

    /** Forgets all, so that the next handshake is a full one. */
    static void forget(SSLSessionContext sessions) {
        for (byte[] id : Collections.list(sessions.getIds())) {
            SSLSession session = sessions.getSession(id);
            if (session != null) {
                session.invalidate();
            }
        }
    }
}
