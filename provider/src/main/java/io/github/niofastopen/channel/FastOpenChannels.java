// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.destinations.CookieRequests;
import io.github.niofastopen.destinations.Destinations;
import io.github.niofastopen.destinations.KernelPrecedents;
import io.github.niofastopen.destinations.OwnAddresses;
import io.github.niofastopen.destinations.Paths;
import io.github.niofastopen.door.Channels;
import io.github.niofastopen.outcome.Reports;
import io.github.niofastopen.time.Background;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import sun.nio.ch.DefaultSelectorProvider;
import sun.nio.ch.SelChImpl;

/** Makes the channels of one JVM, which share what is known of destinations. */
public final class FastOpenChannels implements Channels {
    private static final long HEDGE_UNKNOWN_RTT_MILLIS = 300;
    private static final long HEDGE_LEAST_MILLIS = 100;
    private static final int HEDGE_ROUND_TRIPS = 3;

    private final Destinations destinations;
    private final Paths paths;
    private final CookieRequests cookieRequests;
    private final Configuration configuration;
    private final Reports reports = new Reports();
    private final Background background = new Background();
    private volatile boolean refused;
    private volatile boolean on = true;

    /** Called by the door, by name. */
    public FastOpenChannels(Configuration configuration) {
        OwnAddresses ownAddresses = new OwnAddresses();
        this.configuration = configuration;
        LongSupplier nanoClock = new NanoClock();
        destinations = new Destinations(configuration, ownAddresses, nanoClock);
        paths = new Paths(ownAddresses, nanoClock, new KernelPrecedents());
        cookieRequests = new CookieRequests(configuration.forgetMillis(), nanoClock);
        ownAddresses.onChange(new Forgetting());
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
    public int descriptorOf(NetworkChannel channel) {
        return ((SelChImpl) channel).getFDVal();
    }

    @Override
    public void setOn(boolean on) {
        this.on = on;
    }

    @Override
    public boolean isOn() {
        return on;
    }

    @Override
    public void inBackground(Runnable task) {
        background.execute(task);
    }

    @Override
    public Destinations destinations() {
        return destinations;
    }

    @Override
    public Reports reports() {
        return reports;
    }

    @Override
    public boolean isRefused() {
        return refused;
    }

    void setRefused() {
        refused = true;
    }

    @Override
    public Paths paths() {
        return paths;
    }

    CookieRequests cookieRequests() {
        return cookieRequests;
    }

    @Override
    public void forget(InetAddress address) {
        destinations.forget(address);
        paths.forget(address);
        cookieRequests.forget(address);
    }

    @Override
    public void forgetAll() {
        destinations.forgetAll();
        paths.forgetAll();
        cookieRequests.forgetAll();
    }

    /** Whether a first write may ride in a SYN without being a ClientHello. */
    boolean anyFirstWrite() {
        return configuration.firstWrite() == Configuration.FirstWrite.ANY;
    }

    /** How long a SYN is held back for a first write, in ms. */
    long windowMillis() {
        return configuration.windowMillis();
    }

    /** How long a peer has to answer a SYN with Fast Open, in ms; 0 for as long as the kernel waits. */
    long hedgeMillis(InetAddress remote) {
        if (configuration.hedgeMillis() != Configuration.HEDGE_BY_RTT) {
            return configuration.hedgeMillis();
        }
        int rtt = paths.rttMicros(remote);
        return rtt == 0 ? HEDGE_UNKNOWN_RTT_MILLIS
            : Math.max(HEDGE_LEAST_MILLIS, TimeUnit.MICROSECONDS.toMillis(HEDGE_ROUND_TRIPS * (long) rtt));
    }

    // No lambdas, as nothing that a start needs: each costs a cold JVM half a millisecond

    private static final class NanoClock implements LongSupplier {
        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    }

    /** Of what other networks may have at the same addresses. */
    private final class Forgetting implements Runnable {
        @Override
        public void run() {
            destinations.forgetAll();
            cookieRequests.forgetAll();
        }
    }
}
