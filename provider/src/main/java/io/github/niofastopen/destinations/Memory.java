// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.outcome.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All that a JVM knows of destinations and of the paths to them: what their connections begin with, what paths bear, and
 * whether cookies are given. It answers a connect with one verdict, is told what came of it, and alone knows when what is to
 * be forgotten.
 *
 * <p>Safe for use by many threads; a question takes no lock where nothing has failed.
 */
public final class Memory {
    private final OwnAddresses ownAddresses;
    private final Destinations destinations;
    private final PathMemory paths;
    private final Proofs proofs;
    private final Suspicions suspicions;
    private final Untaken untaken;
    private final CookieRequests cookieRequests;
    private final CookielessServers cookielessServers;
    private final Alternatives alternatives;
    private final FirstFlights firstFlights;
    private final LongSupplier nanoClock = new NanoClock();
    private final long reofferMillis;
    /** Null until key shares are predicted. */
    private volatile ServerGroups serverGroups;

    public Memory(Configuration configuration) {
        reofferMillis = configuration.reofferMillis();
        ownAddresses = new OwnAddresses(nanoClock);
        destinations = new Destinations(configuration, ownAddresses, nanoClock);
        paths = new PathMemory(ownAddresses, nanoClock, new KernelPrecedents(ownAddresses));
        proofs = new Proofs(nanoClock);
        suspicions = new Suspicions(nanoClock);
        untaken = new Untaken(ownAddresses, nanoClock);
        cookieRequests = new CookieRequests(configuration.forgetMillis(), nanoClock);
        cookielessServers = new CookielessServers(configuration.noCookie(), configuration.forgetMillis(), nanoClock);
        alternatives = new Alternatives(nanoClock);
        firstFlights = new FirstFlights(new Flights(configuration, nanoClock), new SynRooms(ownAddresses, nanoClock));
        ownAddresses.onGone(new AnotherNetwork());
    }

    /** Which servers have chosen classical groups: begins to be remembered with the first call. */
    public synchronized ServerGroups serverGroups() {
        if (serverGroups == null) {
            serverGroups = new ServerGroups(reofferMillis, nanoClock);
        }
        return serverGroups;
    }

    /** How long first flights are, and what SYNs hold. */
    public FirstFlights firstFlights() {
        return firstFlights;
    }

    private void forgetServerGroups() {
        ServerGroups remembered = serverGroups;
        if (remembered != null) {
            remembered.forgetAll();
        }
    }

    /**
     * What a connect to a destination is to do now.
     *
     * @param from the address that it leaves from, if that was chosen; else null
     */
    public Verdict verdict(InetSocketAddress remote, InetAddress from) {
        // First: where nothing is to be saved, not even the kernel is asked anything
        if (firstFlights.areTooLarge(remote) && destinations.expected(remote) == Verdict.TRY) {
            return Verdict.FLIGHT_TOO_LARGE;
        }
        Verdict expected = destinations.verdict(remote);
        if (expected != Verdict.TRY) {
            return expected;
        }
        if (cookieRequests.isPaused(remote)) {
            return Verdict.NOT_GRANTED;
        }
        if (paths.avoids(remote, from) || suspicions.of(remote) != null || untaken.avoids(remote)) {
            return Verdict.AVOID;
        }
        if (firstFlights.areExpectedToBeTooLarge(remote)) {
            return Verdict.FLIGHT_TOO_LARGE;
        }
        return alternatives.isInDoubt(remote) ? Verdict.IN_DOUBT : Verdict.TRY;
    }

    /** A connect to a destination begins as the verdict has it. */
    public void use(InetSocketAddress remote, Verdict verdict) {
        if (verdict != Verdict.LEAVE_ALONE) {
            alternatives.use(remote);
        }
    }

    /** A connection of which it wasn't known whether its peer lives is there. */
    public void learnAlive(InetSocketAddress remote) {
        alternatives.hear(remote.getAddress());
    }

    /**
     * A connect to a destination is about to try Fast Open. Where several may, when a pause is over, one is to.
     *
     * @param from as of {@link #verdict}
     * @return whether this one may
     */
    public boolean begin(InetSocketAddress remote, InetAddress from) {
        if (!paths.takeTurn(remote, from)) {
            return false;
        }
        cookieRequests.asking(remote);
        return true;
    }

    /** A connect that had begun was refused by the JDK: it is as if it hadn't. */
    public void withdraw(InetSocketAddress remote, InetAddress from) {
        paths.giveTurnBack(remote, from);
    }

    /** Whether the SYN of a connect to a destination needs no cookie for its data. */
    public boolean needsNoCookie(InetSocketAddress remote) {
        return cookielessServers.contain(remote);
    }

    /** A destination that needs no cookie, as was said, has not acknowledged the data of a SYN without one. */
    public void learnNeedsCookie(InetSocketAddress remote) {
        cookielessServers.learnInsists(remote);
    }

    /** Whether a connection's first bytes can tell anything that isn't remembered yet. */
    public boolean learnsFromFirstBytes(InetSocketAddress remote) {
        return destinations.learnsFrom(remote);
    }

    /** Whether a connection is expected to begin with a ClientHello, and none of late has begun with anything else, or nothing. */
    public boolean hopesForClientHello(InetSocketAddress remote) {
        return destinations.hopesForClientHello(remote);
    }

    /** A connection has begun with something; told again where that is known better later. */
    public void learn(InetSocketAddress remote, FirstBytes first) {
        destinations.learn(remote, first);
    }

    /**
     * What became of a connection that tried Fast Open.
     *
     * @param local tells from where it was made, or null; asked only if it matters
     * @param rttMicros its round-trip time in microseconds, 0 if unknown
     * @param begunNanos when it began, as {@link System#nanoTime} has it
     */
    public void learn(Supplier<InetAddress> local, InetSocketAddress remote, Outcome outcome, int rttMicros, long begunNanos) {
        cookieRequests.learn(remote, outcome, begunNanos);
        paths.learn(local, remote, outcome, rttMicros);
        if (outcome.blamesPath() || outcome.carriesOption()) {
            alternatives.hear(remote.getAddress());
        }
        if (outcome.blamesPath()) {
            proofs.forget(remote.getAddress());
        }
        if (outcome == Outcome.ACCEPTED) {
            proofs.count(remote.getAddress());
        }
        if (outcome.carriesData()) {
            untaken.end(remote);
            clearNetwork(local, remote);
        }
    }

    /**
     * A connection's SYN with Fast Open was lost. On a path that has borne Fast Open lately the first such loss in a row is taken
     * for chance, and the second for what may be.
     *
     * <p>Other parameters as of {@link #learn}.
     *
     * @param ordinaryLostToo whether the ordinary connection in its place has lost something, too: then the path is no better for
     *     others, and its network isn't to blame for more
     */
    public void learnLostSyn(Supplier<InetAddress> local, InetSocketAddress remote, Outcome outcome, int rttMicros, long begunNanos,
            boolean ordinaryLostToo) {
        Proofs.Loss loss = proofs.shake(local.get(), remote.getAddress(), begunNanos);
        if (loss == Proofs.Loss.RECURRING) {
            learnSilence(local, remote, outcome, rttMicros, begunNanos, ordinaryLostToo);
        } else if (loss == Proofs.Loss.FIRST) {
            learnConnected(remote, outcome, rttMicros, begunNanos);
            if (!ordinaryLostToo) {
                paths.suspectNetwork(local.get(), remote.getAddress());
            }
        } else if (ordinaryLostToo) {
            learnLossy(local, remote, rttMicros);
        } else {
            learn(local, remote, outcome, rttMicros, begunNanos);
        }
    }

    /**
     * A connection that tried Fast Open was left without an answer, an ordinary one wasn't. That may be chance: the next one that
     * tries decides, in a minute, or as soon as an ordinary one has lost something.
     *
     * <p>Other parameters as of {@link #learn}.
     *
     * @param ordinaryLostToo as of {@link #learnLostSyn}
     */
    public void learnSilence(Supplier<InetAddress> local, InetSocketAddress remote, Outcome outcome, int rttMicros, long begunNanos,
            boolean ordinaryLostToo) {
        learnConnected(remote, outcome, rttMicros, begunNanos);
        proofs.forget(remote.getAddress());
        InetAddress from = local.get();
        paths.doubt(from, remote.getAddress(), begunNanos);
        if (!ordinaryLostToo) {
            paths.suspectNetwork(from, remote.getAddress());
        }
    }

    private void learnConnected(InetSocketAddress remote, Outcome outcome, int rttMicros, long begunNanos) {
        cookieRequests.learn(remote, outcome, begunNanos);
        paths.learnRtt(remote.getAddress(), rttMicros);
        paths.forgetUnconnected(remote);
        alternatives.hear(remote.getAddress());
    }

    /** On a path that is proven nobody proves it again: that its SYN was answered says that the network bears others. */
    private void clearNetwork(Supplier<InetAddress> local, InetSocketAddress remote) {
        if (paths.suspectsNetworks()) {
            InetAddress from = local.get();
            if (isProven(from, remote.getAddress())) {
                paths.clearSuspicions(from);
            }
        }
    }

    /**
     * A connection's SYN with Fast Open was lost or refused, and something of the ordinary one in its place was lost, too: the
     * path is no better for others, and its network isn't to blame for more.
     */
    public void learnLossy(Supplier<InetAddress> local, InetSocketAddress remote, int rttMicros) {
        paths.learnRtt(remote.getAddress(), rttMicros);
        paths.avoid(local.get(), remote);
    }

    /** A SYN was answered, its data wasn't taken, and what became of it cost time. @param local null if it isn't known */
    public void learnUntaken(InetAddress local, InetSocketAddress remote, int rttMicros) {
        paths.learnRtt(remote.getAddress(), rttMicros);
        if (local != null) {
            untaken.add(local, remote);
        }
    }

    // -- what comes after a SYN with data

    /**
     * Whether a path is proven to bear all of a connection whose SYN carries data. To an address of this machine there is no path
     * that could lose any.
     *
     * @param local from where the connection was made, which needn't be from where an unbound one would be now; null if unknown
     */
    public boolean isProven(InetAddress local, InetAddress remote) {
        return proofs.has(local, remote) || ownAddresses.test(remote);
    }

    /**
     * A connection whose SYN carried data has come through: nothing is left to blame its path for.
     *
     * @param local null if it isn't known
     */
    public void prove(InetAddress local, InetSocketAddress remote) {
        if (local != null) {
            proofs.prove(local, remote.getAddress());
        }
        paths.clearBlame(local, remote);
        suspicions.decide(remote);
    }

    /** A connection whose SYN carried data may have been lost because of it: the next ones are ordinary, and tell. */
    public void suspect(InetSocketAddress remote, Suspicion suspicion) {
        suspicions.suspect(remote, suspicion);
    }

    /** What an ordinary connection to a destination is to decide; null if there is nothing. */
    public Suspicion suspicion(InetSocketAddress remote) {
        Suspicion open = suspicions.of(remote);
        return open != null ? open : paths.openDoubt(remote.getAddress());
    }

    /**
     * An ordinary connection has lost something on a path that is avoided for what may have been chance: another may try.
     *
     * @param local from where it was made; null if it isn't known, and nothing is learned then
     */
    public void learnLoss(InetAddress local, InetSocketAddress remote) {
        paths.endDoubt(local, remote.getAddress());
    }

    /** Whether an ordinary connection to a destination has lately fared no better than one whose SYN carried data. */
    public boolean isAcquitted(InetSocketAddress remote) {
        return suspicions.isAcquitted(remote);
    }

    /** An ordinary connection has come further than the one that was suspected to be lost: it was. */
    public void convict(InetSocketAddress remote, Suspicion suspicion) {
        if (suspicions.of(remote) == suspicion) {
            suspicions.decide(remote);
            learnLost(suspicion.local(), remote);
        }
    }

    /**
     * A connection was lost because of what its SYN carried.
     *
     * @param local null if it isn't known: nothing is blamed then
     */
    public void learnLost(InetAddress local, InetSocketAddress remote) {
        proofs.forget(remote.getAddress());
        if (local != null) {
            paths.blame(local, remote.getAddress());
        }
    }

    /** An ordinary connection has come no further: nothing is to blame for it but the server. */
    public void acquit(InetAddress local, InetSocketAddress remote) {
        suspicions.acquit(local, remote);
    }

    // -- times and addresses

    /** A peer that was doubted has answered: the path to it is longer than was known, and nothing was lost. */
    public void learnLongPath(InetSocketAddress remote, int rttMicros) {
        paths.learnRtt(remote.getAddress(), rttMicros);
        paths.forgetUnconnected(remote);
    }

    /**
     * Not even an ordinary SYN was answered after one with data: a firewall may punish its source, for all destinations.
     *
     * @param local null if it isn't known: nothing is blamed then
     */
    public void suspectNetwork(InetAddress local, InetAddress remote) {
        paths.suspectNetwork(local, remote);
    }

    /** The round-trip time of a connection in microseconds; 0 if it isn't known. */
    public void learnRtt(InetAddress remote, int rttMicros) {
        paths.learnRtt(remote, rttMicros);
    }

    /** The round-trip time to a destination in microseconds; 0 if unknown. */
    public int rttMicros(InetAddress remote) {
        return paths.rttMicros(remote);
    }

    /** Whether the path that a connection to a destination takes now is known to carry SYNs with a Fast Open option. */
    public boolean isCleared(InetAddress remote) {
        return paths.isCleared(ownAddresses.towards(remote), remote);
    }

    /** Whether this path is; {@code local} may be null. */
    public boolean isCleared(InetAddress local, InetAddress remote) {
        return paths.isCleared(local, remote);
    }

    /** What was seen of destinations, as far as it still counts. */
    public List<Destinations.Remembered> destinations() {
        return destinations.remembered();
    }

    /** What is being avoided now. */
    public List<PathMemory.Avoided> avoided() {
        List<PathMemory.Avoided> list = paths.avoided();
        untaken.addAvoided(list);
        return list;
    }

    /** Whom to tell when a local network is found to be to blame: its address there. It must not block. */
    public void onHostileNetwork(Consumer<InetAddress> action) {
        paths.onHostileNetwork(action);
    }

    /** Forgets what is known of an address: what its ports are, what failed, and what it didn't give. */
    public void forget(InetAddress address) {
        destinations.forget(address);
        paths.forget(address);
        proofs.forget(address);
        suspicions.forget(address);
        untaken.forget(address);
        cookieRequests.forget(address);
        cookielessServers.forget(address);
        alternatives.forget(address);
        firstFlights.forget(address);
    }

    /** Forgets what is known of all addresses and networks. */
    public void forgetAll() {
        destinations.forgetAll();
        paths.forgetAll();
        proofs.forgetAll();
        suspicions.forgetAll();
        untaken.forgetAll();
        cookieRequests.forgetAll();
        cookielessServers.forgetAll();
        alternatives.forgetAll();
        firstFlights.forgetAll();
        forgetServerGroups();
    }

    // No lambdas, as nothing that a start needs: each costs a cold JVM half a millisecond

    private static final class NanoClock implements LongSupplier {
        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    }

    /** Another network may have others at the same addresses. What failed bears the address from where it did. */
    private final class AnotherNetwork implements Consumer<InetAddress> {
        @Override
        public void accept(InetAddress gone) {
            destinations.forgetAll();
            cookieRequests.forgetAll();
            cookielessServers.forgetAll();
            alternatives.forgetAll();
            suspicions.forgetAll();
            paths.forgetCleared(gone);
            proofs.forgetFrom(gone);
            firstFlights.forgetAll();
            forgetServerGroups();
        }
    }
}
