// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.outcome.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Remembers which paths don't bear Fast Open, so that each costs its price once. A path is a local and a remote address: a
 * middlebox on it breaks all ports alike. A failing path is avoided for a {@link Pause}; for a short one at first, where that
 * may have been chance. Three paths from one local address
 * that fail in a row have that {@link Network} in common: everything is avoided then, with the same delays.
 *
 * <p>A destination that didn't answer at all, or refused, is avoided likewise: an ordinary connect reports a dead peer, with
 * which applications go on to the next address, and a deferred one can't. That is a fact of one port.
 *
 * <p>What other processes have met on a path counts as if this one had.
 *
 * <p>Safe for use by many threads; a question takes no lock where nothing has failed.
 */
public final class PathMemory {
    private static final int NEGLIGIBLE_PART = 8;

    private final LocalAddresses localAddresses;
    private final LongSupplier nanoClock;
    private final Precedents precedents;
    private volatile Consumer<InetAddress> onHostileNetwork;
    private final Bounded<InetAddress, Pause> remotes = new Bounded<>();
    private final Bounded<InetSocketAddress, Pause> unconnected = new Bounded<>();
    private final Bounded<InetAddress, Network> networks = new Bounded<>();
    private final Bounded<InetAddress, Integer> rttMicros = new Bounded<>();
    /** From where a SYN with a Fast Open option was answered last. */
    private final Bounded<InetAddress, InetAddress> cleared = new Bounded<>();
    /** Remote addresses for which the precedents have been asked. */
    private final Bounded<InetAddress, Boolean> recalled = new Bounded<>();

    /**
     * @param localAddresses a path from an address that is gone is of no account, nor is a network that a connection doesn't leave by
     * @param nanoClock a clock as {@link System#nanoTime}
     * @param precedents asked once for each destination
     */
    PathMemory(LocalAddresses localAddresses, LongSupplier nanoClock, Precedents precedents) {
        this.localAddresses = localAddresses;
        this.nanoClock = nanoClock;
        this.precedents = precedents;
    }

    /**
     * Whether Fast Open isn't to be tried with a destination now.
     *
     * @param from the address that the connection leaves from, if that was chosen; else null
     */
    public boolean avoids(InetSocketAddress remote, InetAddress from) {
        recallOnce(remote.getAddress());
        if (!hasFailures()) {
            return false;
        }
        long now = nanoClock.getAsLong();
        return pausesOf(remote, from).stream().anyMatch(pause -> pause.isOn(now));
    }

    /**
     * Where a pause is over, one connection tries: the first that asks for it here.
     *
     * @param from as of {@link #avoids}
     * @return whether the caller may try
     */
    public boolean takeTurn(InetSocketAddress remote, InetAddress from) {
        if (!hasFailures()) {
            return true;
        }
        long now = nanoClock.getAsLong();
        return pausesOf(remote, from).stream().allMatch(pause -> pause.beginTrial(now));
    }

    /** Whoever has taken a turn hasn't connected: the next may. */
    public void giveTurnBack(InetSocketAddress remote, InetAddress from) {
        if (hasFailures()) {
            long now = nanoClock.getAsLong();
            pausesOf(remote, from).forEach(pause -> pause.endTrial(now));
        }
    }

    /** What speaks, or has spoken, against a destination: of networks first, which is more to find out by one connection. */
    private List<Pause> pausesOf(InetSocketAddress remote, InetAddress from) {
        List<Pause> pauses = new ArrayList<>();
        InetAddress local = from != null || networks.isEmpty() ? from : localAddresses.towards(remote.getAddress());
        for (Network network : networksOf(local)) {
            if (network.isToBlame()) {
                addIfOfAccount(pauses, network.pause());
            }
        }
        addIfOfAccount(pauses, remotes.get(remote.getAddress()));
        addIfOfAccount(pauses, unconnected.get(remote));
        return pauses;
    }

    /** All of them, where it isn't known by which a connection leaves. */
    private Collection<Network> networksOf(InetAddress local) {
        if (local == null) {
            return networks.copy().values();
        }
        Network network = networks.get(local);
        return network == null ? List.of() : List.of(network);
    }

    private void addIfOfAccount(List<Pause> pauses, Pause pause) {
        if (pause != null && localAddresses.test(pause.local())) {
            pauses.add(pause);
        }
    }

    /** Whether some path to a destination is known to carry SYNs with a Fast Open option. */
    public boolean isCleared(InetAddress remote) {
        InetAddress local = cleared.get(remote);
        return local != null && localAddresses.test(local);
    }

    /** Whether this path is. */
    public boolean isCleared(InetAddress local, InetAddress remote) {
        return local != null && local.equals(cleared.get(remote));
    }

    /** The round-trip time to a destination in microseconds, that of the last connection or hardly different; 0 if unknown. */
    public int rttMicros(InetAddress remote) {
        Integer known = rttMicros.get(remote);
        return known == null ? 0 : known;
    }

    /**
     * A path that is avoided, or a network.
     *
     * @param remote null for every destination that is reached from {@code local}
     * @param port of the one destination there that is avoided; 0 for all
     * @param seconds for how long still
     */
    public record Avoided(InetAddress local, InetAddress remote, int port, long seconds) {
    }

    /** What is being avoided now. */
    public List<Avoided> avoided() {
        long now = nanoClock.getAsLong();
        List<Avoided> list = new ArrayList<>();
        remotes.copy().forEach((remote, pause) -> addIfOn(list, pause, remote, 0, now));
        unconnected.copy().forEach((remote, pause) -> addIfOn(list, pause, remote.getAddress(), remote.getPort(), now));
        networks.copy().values().stream().filter(Network::isToBlame).forEach(network -> addIfOn(list, network.pause(), null, 0, now));
        return list;
    }

    private static void addIfOn(List<Avoided> list, Pause pause, InetAddress remote, int port, long now) {
        if (pause.isOn(now)) {
            list.add(new Avoided(pause.local(), remote, port, pause.seconds(now)));
        }
    }

    /** Whom to tell when a local network is found to be to blame: its address there. It must not block. */
    public void onHostileNetwork(Consumer<InetAddress> action) {
        onHostileNetwork = action;
    }

    /** Forgets all failures of paths to an address, not those of networks. */
    public void forget(InetAddress remote) {
        remotes.remove(remote);
        unconnected.removeIf((destination, pause) -> destination.getAddress().equals(remote));
    }

    /** Forgets all failures. */
    public void forgetAll() {
        remotes.clear();
        unconnected.clear();
        networks.clear();
    }

    /** There was a connection with a destination after all. */
    void forgetUnconnected(InetSocketAddress remote) {
        unconnected.remove(remote);
    }

    /** Whether anything counts against a network. */
    boolean suspectsNetworks() {
        return !networks.isEmpty();
    }

    /** A SYN with data was answered on a path that is proven: what counts against its network, as long as it isn't to blame, was chance. */
    void clearSuspicions(InetAddress local) {
        Network network = local == null ? null : networks.get(local);
        if (network != null) {
            network.answered();
        }
    }

    /** Counts a destination against a local network. */
    void suspectNetwork(InetAddress local, InetAddress remote) {
        if (local != null) {
            blameNetwork(local, remote);
        }
    }

    /** Forgets what speaks for paths from an address that this machine has no more. */
    public void forgetCleared(InetAddress local) {
        cleared.removeIf((remote, from) -> from.equals(local));
    }

    boolean hasFailures() {
        return !remotes.isEmpty() || !networks.isEmpty() || !unconnected.isEmpty();
    }

    /**
     * What became of a connection that tried Fast Open.
     *
     * @param local tells from where it was made, null if that isn't known, and nothing is blamed or cleared then; asked only
     *     if it matters, as it may cost a system call
     */
    public void learn(Supplier<InetAddress> local, InetSocketAddress remote, Outcome outcome, int rtt) {
        InetAddress address = remote.getAddress();
        learnRtt(address, rtt);
        if (outcome.blamesPath()) {
            // There is a connection: the peer isn't to be doubted.
            forgetUnconnected(remote);
            blame(local.get(), address);
        } else if (outcome == Outcome.NOT_CONNECTED) {
            cleared.remove(address);
            pause(unconnected, local.get(), remote);
        } else if (outcome.carriesOption() && (!isCleared(address) || outcome.carriesData() && hasFailures())) {
            clear(local.get(), remote, outcome);
        }
    }

    /** The round-trip time of a connection in microseconds; 0 if it isn't known. */
    public void learnRtt(InetAddress remote, int rtt) {
        if (rtt > 0 && differsMuch(rtt, rttMicros(remote))) {
            rttMicros.put(remote, rtt);
        }
    }

    /** What is made of it is a time to wait, for which an eighth is nothing; most connections then write nothing here. */
    private static boolean differsMuch(int rtt, int known) {
        return Math.abs(rtt - known) > known / NEGLIGIBLE_PART;
    }

    private void recallOnce(InetAddress remote) {
        if (cleared.get(remote) != null || remotes.get(remote) != null || recalled.get(remote) != null) {
            return;
        }
        recalled.put(remote, true);
        Precedents.Precedent known = precedents.of(remote).orElse(null);
        if (known != null) {
            recall(remote, known);
        }
    }

    private void recall(InetAddress remote, Precedents.Precedent known) {
        if (rttMicros(remote) == 0) {
            learnRtt(remote, known.rttMicros());
        }
        if (known.lostSyns() > 0) {
            long last = nanoClock.getAsLong() - TimeUnit.MILLISECONDS.toNanos(known.sinceLostMillis());
            remotes.put(remote, new Pause(known.local(), known.lostSyns(), last));
        }
    }

    private <K> void pause(Bounded<K, Pause> pauses, InetAddress local, K remote) {
        if (local != null) {
            pauseOf(pauses, local, remote).lengthen(nanoClock.getAsLong());
        }
    }

    private static <K> Pause pauseOf(Bounded<K, Pause> pauses, InetAddress local, K remote) {
        Pause pause = pauses.get(remote);
        if (pause == null || !pause.local().equals(local)) {
            pause = new Pause(local);
            pauses.put(remote, pause);
        }
        return pause;
    }

    /** A path alone is avoided. */
    void avoid(InetAddress local, InetSocketAddress remote) {
        forgetUnconnected(remote);
        cleared.remove(remote.getAddress());
        pause(remotes, local, remote.getAddress());
    }

    void blame(InetAddress local, InetAddress remote) {
        cleared.remove(remote);
        pause(remotes, local, remote);
        if (local != null) {
            blameNetwork(local, remote);
        }
    }

    /**
     * A connection failed on a path, which may have been chance.
     *
     * @param begunNanos when it began, by this memory's clock
     */
    void doubt(InetAddress local, InetAddress remote, long begunNanos) {
        cleared.remove(remote);
        if (local != null) {
            pauseOf(remotes, local, remote).doubt(nanoClock.getAsLong(), begunNanos);
        }
    }

    /** What an ordinary connection is to tell of a path that is avoided for what may have been chance; null of others. */
    Suspicion openDoubt(InetAddress remote) {
        Pause pause = remotes.isEmpty() ? null : remotes.get(remote);
        return pause != null && pause.isDoubt(nanoClock.getAsLong()) ? Suspicion.ofChance(pause.local()) : null;
    }

    /** A path loses from ordinary connections, too: what it is avoided for may well have been chance. */
    void endDoubt(InetAddress local, InetAddress remote) {
        Pause pause = remotes.get(remote);
        if (pause != null && pause.local().equals(local)) {
            pause.endDoubt(nanoClock.getAsLong());
        }
    }

    private void blameNetwork(InetAddress local, InetAddress remote) {
        Network network = networks.get(local);
        if (network == null) {
            network = new Network(local);
            networks.put(local, network);
        }
        boolean nowToBlame = network.failed(remote, nanoClock.getAsLong());
        Consumer<InetAddress> action = onHostileNetwork;
        if (nowToBlame && action != null) {
            action.accept(local);
        }
    }

    private void clear(InetAddress local, InetSocketAddress remote, Outcome outcome) {
        if (local != null) {
            cleared.put(remote.getAddress(), local);
        }
        if (outcome.carriesData()) {
            unconnected.remove(remote);
        }
    }

    /** A connection whose SYN carried data has come through from end to end. */
    void clearBlame(InetAddress local, InetSocketAddress remote) {
        if (hasFailures()) {
            remotes.remove(remote.getAddress());
            unconnected.remove(remote);
            if (local != null) {
                networks.remove(local);
            }
        }
    }
}
