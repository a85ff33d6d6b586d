// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.destinations.Memory;
import io.github.niofastopen.destinations.Verdict;
import io.github.niofastopen.outcome.Reports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The attempts of one JVM: whether one is made, for how long it holds a SYN back and waits for an answer, and where what it
 * comes to is told. Safe for use by many threads.
 */
public final class Attempts {
    private static final long HEDGE_UNKNOWN_RTT_MILLIS = 300;
    private static final long HEDGE_LEAST_MILLIS = 100;
    private static final int HEDGE_ROUND_TRIPS = 3;
    private static final long PATIENCE_LEAST_MILLIS = 500;
    private static final long PATIENCE_MOST_MILLIS = 1000;
    private static final int PATIENCE_ROUND_TRIPS = 10;

    private final Configuration configuration;
    private final Memory memory;
    private final Window window;
    private final Reports reports = new Reports();
    private final AtomicReference<Runnable> beforeFirst = new AtomicReference<>();
    private volatile boolean on = true;
    private volatile boolean refused;
    private final AtomicBoolean protocolAsked = new AtomicBoolean();

    public Attempts(Configuration configuration) {
        this(configuration, new Memory(configuration));
    }

    Attempts(Configuration configuration, Memory memory) {
        this.configuration = configuration;
        this.memory = memory;
        this.window = new Window(configuration.windowMillis());
    }

    /** What a connect to a destination is to do now, of a socket that isn't bound. */
    public Verdict verdict(InetSocketAddress remote) {
        return verdict(remote, null);
    }

    private Verdict verdict(InetSocketAddress remote, InetAddress from) {
        if (!on) {
            return Verdict.LEAVE_ALONE;
        }
        Verdict verdict = memory.verdict(remote, from);
        return refused && verdict.mightTry() ? Verdict.UNSUPPORTED : verdict;
    }

    /**
     * A connect is about to do as the verdict has it. Where one only is to try, the others are told to leave it.
     *
     * @param local what the socket is bound to, or null
     */
    public Verdict begin(InetSocketAddress remote, InetSocketAddress local) {
        InetAddress from = chosen(local);
        Verdict verdict = verdict(remote, from);
        memory.use(remote, verdict);
        if (verdict == Verdict.TRY) {
            prepare();
        } else if (verdict != Verdict.FLIGHT_TOO_LARGE) {
            memory.firstFlights().notHeld(remote);
        }
        return verdict == Verdict.TRY && !memory.begin(remote, from) ? Verdict.AVOID : verdict;
    }

    /** The address that was chosen to leave from; null if none was. */
    static InetAddress chosen(InetSocketAddress local) {
        return local == null || local.getAddress().isAnyLocalAddress() ? null : local.getAddress();
    }

    /** What is to be done before the first connect that tries Fast Open, on its thread: what others needn't pay for. */
    public void beforeFirst(Runnable task) {
        beforeFirst.set(task);
    }

    private void prepare() {
        if (beforeFirst.get() != null) {
            Runnable task = beforeFirst.getAndSet(null);
            if (task != null) {
                task.run();
            }
        }
    }

    /** Whether there is anything to be learned of a connection that is to do so, or to be done for it. */
    public boolean learnsFrom(InetSocketAddress remote, Verdict verdict) {
        return verdict == Verdict.TRY || verdict == Verdict.FLIGHT_TOO_LARGE || verdict == Verdict.IN_DOUBT
            || verdict != Verdict.LEAVE_ALONE && noDelayInHandshake()
            || verdict != Verdict.LEAVE_ALONE && memory.learnsFromFirstBytes(remote)
            || verdict == Verdict.AVOID && memory.suspicion(remote) != null;
    }

    /** A connect of which nothing is to be learned begins. */
    public Untried untried(InetSocketAddress remote, Verdict verdict) {
        return new Untried(reports, remote, verdict.outcome());
    }

    /** Switches Fast Open off, or on again, for connects that begin from now on. */
    public void setOn(boolean on) {
        this.on = on;
    }

    public boolean isOn() {
        return on;
    }

    /** Whether the kernel or a sandbox has refused Fast Open to this process. */
    public boolean isRefused() {
        return refused;
    }

    void setRefused() {
        refused = true;
    }

    public Memory memory() {
        return memory;
    }

    public Reports reports() {
        return reports;
    }

    public Configuration configuration() {
        return configuration;
    }

    /** Whether the sockets of this process may be those of Multipath TCP; true once, for the one that is to be asked. */
    boolean takeUnknownProtocol() {
        return !protocolAsked.get() && protocolAsked.compareAndSet(false, true);
    }

    /** Whether Nagle's algorithm is to be off during handshakes. */
    boolean noDelayInHandshake() {
        return configuration.noDelay() == Configuration.NoDelay.HANDSHAKE;
    }

    /** Whether a first write may ride in a SYN without being a ClientHello. */
    boolean anyFirstWrite() {
        return configuration.firstWrite() == Configuration.FirstWrite.ANY;
    }

    /** How long a SYN to a destination is held back for a first write, in ms. */
    long windowMillis(InetSocketAddress remote) {
        return window.millis(memory.hopesForClientHello(remote));
    }

    /** A ClientHello was written so long after connect. */
    void learnHold(long millis) {
        window.learn(millis);
    }

    /** How long a peer has to answer a SYN with Fast Open, in ms; 0 for as long as the kernel waits. */
    long hedgeMillis(InetAddress remote) {
        if (configuration.hedgeMillis() != Configuration.HEDGE_BY_RTT) {
            return configuration.hedgeMillis();
        }
        int rtt = memory.rttMicros(remote);
        return rtt == 0 ? HEDGE_UNKNOWN_RTT_MILLIS
            : Math.max(HEDGE_LEAST_MILLIS, TimeUnit.MICROSECONDS.toMillis(HEDGE_ROUND_TRIPS * (long) rtt));
    }

    /** How long a server has to answer a ClientHello on a path that isn't proven, once it has answered the SYN, in ms. */
    long patienceMillis(InetAddress remote) {
        long roundTrips = TimeUnit.MICROSECONDS.toMillis(PATIENCE_ROUND_TRIPS * (long) memory.rttMicros(remote));
        return Math.min(PATIENCE_MOST_MILLIS, Math.max(PATIENCE_LEAST_MILLIS, roundTrips));
    }

    /** For how long an unanswered SYN says that there may be no answer, in ms: a hedge's time, whether it hedges or not. */
    long doubtMillis(InetAddress remote) {
        int rtt = memory.rttMicros(remote);
        return Math.max(HEDGE_LEAST_MILLIS, TimeUnit.MICROSECONDS.toMillis(2 * (long) rtt));
    }
}
