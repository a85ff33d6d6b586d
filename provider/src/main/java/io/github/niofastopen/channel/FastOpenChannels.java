package io.github.niofastopen.channel;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.destinations.Destinations;
import io.github.niofastopen.destinations.OwnAddresses;
import io.github.niofastopen.door.Channels;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import sun.nio.ch.DefaultSelectorProvider;
import sun.nio.ch.SelChImpl;

/** Makes the channels of one JVM, which share what is known of destinations. */
public final class FastOpenChannels implements Channels {
    private final Destinations destinations;
    private final long windowMillis;

    /** Called by the door, by name. */
    public FastOpenChannels(Configuration configuration) {
        destinations = new Destinations(configuration, new OwnAddresses(), System::nanoTime);
        windowMillis = configuration.windowMillis();
    }

    @Override
    public SelectorProvider jdkProvider() {
        return DefaultSelectorProvider.get();
    }

    @Override
    public SocketChannel openSocketChannel(SelectorProvider provider) throws IOException {
        return new FastOpenSocketChannel(provider, this);
    }

    @Override
    public SocketChannel openSocketChannel(SelectorProvider provider, ProtocolFamily family) throws IOException {
        return new FastOpenSocketChannel(provider, family, this);
    }

    @Override
    public int descriptorOf(ServerSocketChannel channel) {
        return ((SelChImpl) channel).getFDVal();
    }

    Destinations destinations() {
        return destinations;
    }

    /** How long a SYN is held back for a first write, in ms. */
    long windowMillis() {
        return windowMillis;
    }
}
