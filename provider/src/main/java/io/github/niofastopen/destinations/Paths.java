// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.outcome.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Remembers which paths don't bear Fast Open, so that each costs its price once. A path is a local and a remote address: a
 * middlebox on it breaks all ports alike. A failing path is avoided for ten minutes, then for twice as long each time it
 * fails again, up to a day; when the time is over, one connection tries. Three paths from one local address that fail in
 * a row have that network in common: everything is avoided then, with the same delays.
 *
 * <p>A destination that didn't answer at all is avoided likewise: an ordinary connect reports a dead peer, with which
 * applications go on to the next address, and a deferred one can't.
 *
 * <p>What other processes have met on a path counts as if this one had.
 *
 * <p>Safe for use by many threads; a question takes no lock where nothing has failed.
 */
public final class Paths {
    static final int MAX_REMEMBERED = 4096;
    static final long FIRST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(10);
    static final long LONGEST_PAUSE_NANOS = TimeUnit.HOURS.toNanos(24);
    /** How long others keep out of the way of the one connection that tries again. */
    static final long TRIAL_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** So many different destinations failing in a row from one local address put the blame on its network. */
    static final int FAILURES_OF_A_NETWORK = 3;
    private static final int NEGLIGIBLE_PART = 8;

    private final Predicate<InetAddress> ownAddress;
    private final LongSupplier nanoClock;
    private final Precedents precedents;
    private volatile Consumer<InetAddress> onHostileNetwork;
    private final Map<InetAddress, Pause> remotes = new ConcurrentHashMap<>();
    private final Map<InetAddress, Network> networks = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> rttMicros = new ConcurrentHashMap<>();
    /** What became of the last SYN with a Fast Open option that a remote address has answered. */
    private final Map<InetAddress, Outcome> answered = new ConcurrentHashMap<>();
    /** Remote addresses for which the precedents have been asked. */
    private final Set<InetAddress> recalled = ConcurrentHashMap.newKeySet();

    /**
     * @param ownAddress whether an address is this machine's: a path from an address that is gone is of no account
     * @param nanoClock a clock as {@link System#nanoTime}
     * @param precedents asked once for each destination
     */
    public Paths(Predicate<InetAddress> ownAddress, LongSupplier nanoClock, Precedents precedents) {
        this.ownAddress = ownAddress;
        this.nanoClock = nanoClock;
        this.precedents = precedents;
    }

    /** Whether Fast Open isn't to be tried with a destination. Where a pause is over, the one who asks is the one who tries. */
    public boolean avoid(InetAddress remote) {
        recallOnce(remote);
        if (!hasFailures()) {
            return false;
        }
        long now = nanoClock.getAsLong();
        Pause pause = remotes.get(remote);
        boolean paused = pause != null && ownAddress.test(pause.local);
        if (paused && pause.isOn(now)) {
            return true;
        }
        List<Network> blamed = networks.values().stream()
            .filter(network -> network.isToBlame() && ownAddress.test(network.local)).toList();
        if (blamed.stream().anyMatch(network -> network.pause.isOn(now))) {
            return true;
        }
        if (!blamed.stream().allMatch(network -> network.pause.beginTrial(now))) {
            return true;
        }
        return paused && !pause.beginTrial(now);
    }

    /** Whether the path to a destination is known to carry SYNs with a Fast Open option. */
    public boolean isCleared(InetAddress remote) {
        return answered.containsKey(remote);
    }

    /** Whether data was taken from the last such SYN, so that the kernel has a cookie unless it has forgotten it since. */
    public boolean carriedData(InetAddress remote) {
        Outcome last = answered.get(remote);
        return last == Outcome.ACCEPTED || last == Outcome.TOO_LARGE;
    }

    /** The round-trip time to a destination in microseconds, that of the last connection or hardly different; 0 if unknown. */
    public int rttMicros(InetAddress remote) {
        return rttMicros.getOrDefault(remote, 0);
    }

    /**
     * A path that is avoided, or a network.
     *
     * @param remote null for every destination that is reached from {@code local}
     * @param seconds for how long still
     */
    public record Avoided(InetAddress local, InetAddress remote, long seconds) {
    }

    /** What is being avoided now. */
    public List<Avoided> avoided() {
        long now = nanoClock.getAsLong();
        List<Avoided> list = new ArrayList<>();
        remotes.forEach((remote, pause) -> pause.addIfOn(list, remote, now));
        networks.values().stream().filter(Network::isToBlame).forEach(network -> network.pause.addIfOn(list, null, now));
        return list;
    }

    /** Whom to tell when a local network is found to be to blame: its address there. It must not block. */
    public void onHostileNetwork(Consumer<InetAddress> action) {
        onHostileNetwork = action;
    }

    /** Forgets all failures of paths to an address, not those of networks. */
    public void forget(InetAddress remote) {
        remotes.remove(remote);
    }

    /** Forgets all failures. */
    public void forgetAll() {
        remotes.clear();
        networks.clear();
    }

    /** Whether anything is remembered against which a success counts. */
    public boolean hasFailures() {
        return !remotes.isEmpty() || !networks.isEmpty();
    }

    /**
     * What became of a connection that tried Fast Open.
     *
     * @param local null if it isn't known: nothing is blamed then
     */
    public void learn(InetAddress local, InetAddress remote, Outcome outcome, int rtt) {
        learnRtt(remote, rtt);
        if (outcome.blamesPath() || outcome == Outcome.NOT_CONNECTED) {
            answered.remove(remote);
            if (local != null) {
                pause(local, remote);
            }
            if (local != null && outcome.blamesPath()) {
                blameNetwork(local, remote);
            }
        } else if (outcome.carriesOption()) {
            if (answered.get(remote) != outcome) {
                putBounded(answered, remote, outcome);
            }
            if (outcome.clearsPath() && hasFailures()) {
                forgetFailures(local, remote);
            }
        }
    }

    /** The round-trip time of a connection in microseconds; 0 if it isn't known. */
    public void learnRtt(InetAddress remote, int rtt) {
        if (rtt > 0 && differsMuch(rtt, rttMicros(remote))) {
            putBounded(rttMicros, remote, rtt);
        }
    }

    /** What is made of it is a time to wait, for which an eighth is nothing; most connections then write nothing here. */
    private static boolean differsMuch(int rtt, int known) {
        return Math.abs(rtt - known) > known / NEGLIGIBLE_PART;
    }

    private void recallOnce(InetAddress remote) {
        if (answered.containsKey(remote) || remotes.containsKey(remote) || recalled.contains(remote)) {
            return;
        }
        addBounded(recalled, remote);
        Precedents.LostSyns lost = precedents.of(remote).orElse(null);
        if (lost != null) {
            long last = nanoClock.getAsLong() - TimeUnit.MILLISECONDS.toNanos(lost.sinceMillis());
            putBounded(remotes, remote, new Pause(lost.local(), lost.inARow(), last));
        }
    }

    private void pause(InetAddress local, InetAddress remote) {
        Pause pause = remotes.get(remote);
        if (pause == null || !pause.local.equals(local)) {
            pause = new Pause(local);
            putBounded(remotes, remote, pause);
        }
        pause.lengthen(nanoClock.getAsLong());
    }

    private void blameNetwork(InetAddress local, InetAddress remote) {
        Network network = networks.get(local);
        if (network == null) {
            network = new Network(local);
            putBounded(networks, local, network);
        }
        boolean nowToBlame = network.failed(remote, nanoClock.getAsLong());
        Consumer<InetAddress> action = onHostileNetwork;
        if (nowToBlame && action != null) {
            action.accept(local);
        }
    }

    private void forgetFailures(InetAddress local, InetAddress remote) {
        remotes.remove(remote);
        if (local != null) {
            networks.remove(local);
        }
    }

    /** Of what can be found out again, all goes when there is too much. */
    private static void addBounded(Set<InetAddress> set, InetAddress address) {
        if (set.size() >= MAX_REMEMBERED) {
            set.clear();
        }
        set.add(address);
    }

    /** Which entry goes when there are too many is as good as random: that order is free. */
    private static <V> void putBounded(Map<InetAddress, V> map, InetAddress address, V value) {
        map.put(address, value);
        // Two threads may choose the same one.
        while (map.size() > MAX_REMEMBERED) {
            map.keySet().stream().filter(other -> !other.equals(address)).findFirst().ifPresent(map::remove);
        }
    }

    /** A time in which Fast Open isn't tried. */
    private static final class Pause {
        private final InetAddress local;
        private long lengthNanos;
        private long end;
        private boolean trial;

        Pause(InetAddress local) {
            this.local = local;
        }

        /** One that began with the last of several failures in a row. */
        Pause(InetAddress local, int failures, long last) {
            this.local = local;
            lengthNanos = FIRST_PAUSE_NANOS;
            for (int i = 1; i < failures && lengthNanos < LONGEST_PAUSE_NANOS; i++) {
                lengthNanos = doubled(lengthNanos);
            }
            end = last + lengthNanos;
        }

        private static long doubled(long nanos) {
            return Math.min(2 * nanos, LONGEST_PAUSE_NANOS);
        }

        /**
         * A failure. Those that were under way when the pause began are part of the one that began it.
         *
         * @return whether it was another one
         */
        synchronized boolean lengthen(long now) {
            boolean another = lengthNanos == 0 || trial || !isOn(now);
            if (another) {
                lengthNanos = lengthNanos == 0 ? FIRST_PAUSE_NANOS : doubled(lengthNanos);
                end = now + lengthNanos;
                trial = false;
            }
            return another;
        }

        synchronized void addIfOn(List<Avoided> list, InetAddress remote, long now) {
            if (isOn(now)) {
                list.add(new Avoided(local, remote, TimeUnit.NANOSECONDS.toSeconds(end - now)));
            }
        }

        synchronized boolean isOn(long now) {
            return now - end < 0;
        }

        /** Whether the caller is the one to try; others are told to wait until it may be known what came of it. */
        synchronized boolean beginTrial(long now) {
            if (isOn(now)) {
                return false;
            }
            end = now + TRIAL_NANOS;
            trial = true;
            return true;
        }
    }

    /** What lies behind a local address. */
    private static final class Network {
        private final InetAddress local;
        private final Pause pause;
        private final Set<InetAddress> failed = new HashSet<>();
        private volatile boolean toBlame;

        Network(InetAddress local) {
            this.local = local;
            this.pause = new Pause(local);
        }

        /** @return whether everything is avoided because of it, that wasn't before */
        synchronized boolean failed(InetAddress remote, long now) {
            failed.add(remote);
            if (!toBlame && failed.size() < FAILURES_OF_A_NETWORK) {
                return false;
            }
            failed.clear();
            toBlame = true;
            return pause.lengthen(now);
        }

        boolean isToBlame() {
            return toBlame;
        }
    }
}
