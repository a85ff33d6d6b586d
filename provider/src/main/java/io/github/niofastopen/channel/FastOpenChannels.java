// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.door.Channels;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import sun.nio.ch.DefaultSelectorProvider;
import sun.nio.ch.SelChImpl;

/** Makes the channels of one JVM, which share their attempts' memory. */
public final class FastOpenChannels implements Channels {
    private final Attempts attempts;

    /** Called by the door, by name. */
    public FastOpenChannels(Attempts attempts) {
        this.attempts = attempts;
    }

    @Override
    public SelectorProvider jdkProvider() {
        return DefaultSelectorProvider.get();
    }

    @Override
    public SocketChannel openSocketChannel(SelectorProvider provider) throws IOException {
        return new FastOpenSocketChannel(provider, attempts);
    }

    @Override
    public SocketChannel openSocketChannel(SelectorProvider provider, ProtocolFamily family) throws IOException {
        return new FastOpenSocketChannel(provider, family, attempts);
    }

    @Override
    public int descriptorOf(NetworkChannel channel) {
        return ((SelChImpl) channel).getFDVal();
    }
}
