// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import java.net.SocketImpl;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.function.UnaryOperator;

/** Begins with the first socket as {@link PrivilegedStart} does with the first channel. */
@SuppressWarnings("removal")
final class PrivilegedSockets implements PrivilegedAction<UnaryOperator<SocketImpl>> {

    private PrivilegedSockets() {
    }

    static UnaryOperator<SocketImpl> begun() {
        return AccessController.doPrivileged(new PrivilegedSockets());
    }

    @Override
    public UnaryOperator<SocketImpl> run() {
        return BlockingSockets.begunNow();
    }
}
