// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.socket;

import io.github.niofastopen.attempt.Attempts;
import java.net.SocketImpl;
import java.util.function.UnaryOperator;

/** Makes what the sockets of one JVM use, which share their attempts' memory with its channels. */
public final class FastOpenSockets implements UnaryOperator<SocketImpl> {
    private final Attempts attempts;

    /** Called by the door, by name. */
    public FastOpenSockets(Attempts attempts) {
        this.attempts = attempts;
    }

    @Override
    public SocketImpl apply(SocketImpl jdk) {
        return new FastOpenSocketImpl(jdk, attempts);
    }
}
