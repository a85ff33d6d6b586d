// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.security.GeneralSecurityException;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/** What a client keeps of TLS sessions. */
final class Sessions {
    private Sessions() {
    }

    /** A context with sessions of its own, and the usual trust. */
    static SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        return context;
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
