// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which servers have chosen a classical group although they were offered a post-quantum key share. Such a choice is learned
 * from handshakes that have ended well, in which both sides have authenticated what was offered and chosen, and counts for a
 * time; then the server is offered the share again, by each connection until one has ended well. It counts for those handshakes
 * alone that authenticate the server alike: to others it may have been anybody's.
 *
 * <p>Where one of the machines behind a name has chosen a post-quantum group, the others' choices don't count, and the name is
 * always offered the share: until all is forgotten, or {@link #MAX_REMEMBERED} others have been asked for since. Who has chosen it
 * doesn't matter, since all that can come of it is that the share is offered.
 *
 * <p>Safe for use by many threads.
 */
public final class ServerGroups {
    /** What a server has chosen that chose no group at all, as TLS 1.2 may have it. */
    public static final int NO_GROUP = 0;

    /** Bounds the memory's size; a JVM that talks to more servers forgets those that it hasn't asked for longest. */
    static final int MAX_REMEMBERED = 4096;

    private final long reofferNanos;
    private final LongSupplier nanoClock;
    private final Remembered<AuthenticatedServer, Choice> choices = new Remembered<>();
    private final Remembered<Server, Boolean> postQuantum = new Remembered<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    /**
     * @param reofferMillis how long a choice counts
     * @param nanoClock a clock as {@link System#nanoTime}
     */
    public ServerGroups(long reofferMillis, LongSupplier nanoClock) {
        this.reofferNanos = TimeUnit.MILLISECONDS.toNanos(reofferMillis);
        this.nanoClock = nanoClock;
    }

    /**
     * A classical choice, and how long ClientHellos to the server are with the post-quantum share and without it. Each one that is
     * sent tells both, since only their shares differ: so a session's ticket that comes or goes is counted in at once.
     */
    public static final class Choice {
        private final int group;
        private final int declined;
        private final int offeredShares;
        private final long expiry;
        private volatile int bareLength;
        private volatile int predictedShares;

        private Choice(int group, int declined, HelloLength hello, long expiry) {
            this.group = group;
            this.declined = declined;
            this.offeredShares = hello.shares();
            this.bareLength = hello.bare();
            this.expiry = expiry;
        }

        private boolean isAs(Choice other) {
            return other.group == group && other.declined == declined;
        }

        /** The group's number, or {@link #NO_GROUP}. */
        public int group() {
            return group;
        }

        /** The post-quantum group whose share the server was sent: of others nothing is known. */
        public int declined() {
            return declined;
        }

        /** The length of a ClientHello with the post-quantum share. */
        public int lengthOffered() {
            return bareLength + offeredShares;
        }

        /** The length of one without it; until one has been sent, that of one without any share. */
        public int lengthPredicted() {
            return bareLength + predictedShares;
        }

        /** A handshake without a post-quantum share has ended as expected. */
        public void cameTrue(HelloLength hello) {
            bareLength = hello.bare();
            predictedShares = hello.shares();
        }
    }

    /**
     * A server, by which choices are kept.
     *
     * @param context the {@link javax.net.ssl.SSLContext}, or what stands for it
     * @param identification the algorithm by which its certificate has to name it, or null
     * @param host what it is called by who makes the connection
     */
    public AuthenticatedServer server(Object context, String identification, String host, int port) {
        return new AuthenticatedServer(context, identification, host, port, gone);
    }

    /** The server's choice, as long as it counts, or null. */
    public Choice classical(AuthenticatedServer server) {
        synchronized (choices) {
            if (isPostQuantum(server)) {
                return null;
            }
            Choice choice = choices.get(server);
            return choice == null || isOver(choice) ? null : choice;
        }
    }

    /** Asking for it, as {@code containsKey} doesn't, keeps it from being forgotten. */
    private boolean isPostQuantum(AuthenticatedServer server) {
        return postQuantum.get(server.anyhow()) != null;
    }

    /**
     * The server was sent a share of a post-quantum group, and has chosen a classical one.
     *
     * @return whether that is news
     */
    public boolean choseClassical(AuthenticatedServer server, int group, int declined, HelloLength hello) {
        Choice choice = new Choice(group, declined, hello, nanoClock.getAsLong() + reofferNanos);
        synchronized (choices) {
            if (isPostQuantum(server)) {
                return false;
            }
            forgetGone();
            Choice before = choices.put(server, choice);
            if (before != null && choice.isAs(before)) {
                choice.predictedShares = before.predictedShares;
            }
            return before == null || isOver(before);
        }
    }

    /** Forgets what was learned by handshakes of contexts that are gone. */
    private void forgetGone() {
        for (Reference<?> one = gone.poll(); one != null; one = gone.poll()) {
            choices.remove(one);
        }
    }

    private boolean isOver(Choice choice) {
        return nanoClock.getAsLong() - choice.expiry >= 0;
    }

    /** The server has chosen a post-quantum group: it is offered a share of one as long as that is remembered. */
    public void chosePostQuantum(AuthenticatedServer server) {
        synchronized (choices) {
            postQuantum.put(server.anyhow(), Boolean.TRUE);
        }
    }

    /**
     * The server wants something else than it was expected to: it is offered a post-quantum share again.
     *
     * @param expected what it was expected to choose; what has been learned since stays
     */
    public void forget(AuthenticatedServer server, Choice expected) {
        synchronized (choices) {
            choices.remove(server, expected);
        }
    }

    /** Forgets all, as after a change of network. */
    public void forgetAll() {
        synchronized (choices) {
            choices.clear();
            postQuantum.clear();
        }
    }

    int size() {
        synchronized (choices) {
            return choices.size();
        }
    }

    private static final class Remembered<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        Remembered() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MAX_REMEMBERED;
        }
    }
}
