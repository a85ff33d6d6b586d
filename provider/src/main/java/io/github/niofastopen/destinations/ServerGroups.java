// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which servers have chosen a classical group although they were offered a post-quantum key share. Such a choice is learned
 * from handshakes that have ended well, in which both sides have authenticated what was offered and chosen, and counts for a
 * time; then the server is offered the share again, by each connection until one has ended well. Where one of the machines
 * behind a name has ever chosen a post-quantum group, the others' choices don't count: it is always offered the share.
 *
 * <p>Safe for use by many threads. Servers are what who makes a connection calls them.
 */
public final class ServerGroups {
    /** What a server has chosen that chose no group at all, as TLS 1.2 may have it. */
    public static final int NO_GROUP = 0;

    /** Bounds the memory's size; a JVM that talks to more servers forgets those that it hasn't asked for longest. */
    static final int MAX_REMEMBERED = 4096;

    private static final Choice POST_QUANTUM = new Choice(NO_GROUP, NO_GROUP, 0, 0);

    private final long reofferNanos;
    private final LongSupplier nanoClock;
    private final Remembered choices = new Remembered();

    /**
     * @param reofferMillis how long a choice counts
     * @param nanoClock a clock as {@link System#nanoTime}
     */
    public ServerGroups(long reofferMillis, LongSupplier nanoClock) {
        this.reofferNanos = TimeUnit.MILLISECONDS.toNanos(reofferMillis);
        this.nanoClock = nanoClock;
    }

    /** A classical choice. */
    public static final class Choice {
        private final int group;
        private final int declined;
        private final int helloLength;
        private final long expiry;
        private volatile int predictedLength;

        private Choice(int group, int declined, int helloLength, long expiry) {
            this.group = group;
            this.declined = declined;
            this.helloLength = helloLength;
            this.expiry = expiry;
        }

        /** The group's number, or {@link #NO_GROUP}. */
        public int group() {
            return group;
        }

        /** The post-quantum group whose share the server was sent: of others nothing is known. */
        public int declined() {
            return declined;
        }

        /** The length of the last ClientHello to there that had no post-quantum share, or 0. */
        public int predictedLength() {
            return predictedLength;
        }

        /** A handshake without a post-quantum share has ended as expected. */
        public void cameTrue(int predictedHelloLength) {
            predictedLength = predictedHelloLength;
        }

        /** The length of the ClientHello that had the post-quantum share. */
        public int helloLength() {
            return helloLength;
        }
    }

    /** The server's choice, as long as it counts, or null. */
    public Choice classical(String host, int port) {
        Server server = new Server(host, port);
        synchronized (choices) {
            Choice choice = choices.get(server);
            if (choice == POST_QUANTUM) {
                return null;
            }
            if (choice != null && nanoClock.getAsLong() - choice.expiry >= 0) {
                choices.remove(server);
                return null;
            }
            return choice;
        }
    }

    /**
     * The server was sent a share of a post-quantum group, in a ClientHello of that length, and has chosen a classical one.
     *
     * @return whether that is news
     */
    public boolean choseClassical(String host, int port, int group, int declined, int helloLength) {
        Server server = new Server(host, port);
        Choice choice = new Choice(group, declined, helloLength, nanoClock.getAsLong() + reofferNanos);
        synchronized (choices) {
            Choice before = choices.get(server);
            if (before == POST_QUANTUM) {
                return false;
            }
            choices.put(server, choice);
            return before == null || nanoClock.getAsLong() - before.expiry >= 0;
        }
    }

    /** The server has chosen a post-quantum group: it is offered a share of one as long as it is remembered. */
    public void chosePostQuantum(String host, int port) {
        synchronized (choices) {
            choices.put(new Server(host, port), POST_QUANTUM);
        }
    }

    /**
     * The server wants something else than it was expected to: it is offered a post-quantum share again.
     *
     * @param expected what it was expected to choose; what has been learned since stays
     */
    public void forget(String host, int port, Choice expected) {
        synchronized (choices) {
            choices.remove(new Server(host, port), expected);
        }
    }

    /** Forgets all, as after a change of network. */
    public void forgetAll() {
        synchronized (choices) {
            choices.clear();
        }
    }

    int size() {
        synchronized (choices) {
            return choices.size();
        }
    }

    private static final class Remembered extends LinkedHashMap<Server, Choice> {
        private static final long serialVersionUID = 1L;

        Remembered() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Server, Choice> eldest) {
            return size() > MAX_REMEMBERED;
        }
    }
}
