// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.destinations.Memory;
import io.github.niofastopen.destinations.Suspicion;
import io.github.niofastopen.outcome.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the memory learns of the path and of the peer by what an attempt comes to. What it takes to be told is left to subclasses. */
abstract class OutcomeLesson extends Lesson {
    private final Attempts attempts;
    private final Memory memory;
    private final Deferral deferral;
    private final InetSocketAddress remote;
    private final Supplier<InetAddress> local;
    private final long hedgeMillis;
    private final long begunNanos;

    /**
     * @param local finds the address that the connection has left from, or null
     * @param hedgeMillis how long the peer had to answer the SYN, 0 for as long as it takes
     * @param begunNanos when connect began, as {@link System#nanoTime} has it
     */
    OutcomeLesson(Attempts attempts, Deferral deferral, InetSocketAddress remote, Supplier<InetAddress> local, long hedgeMillis,
            long begunNanos) {
        this.attempts = attempts;
        this.memory = attempts.memory();
        this.deferral = deferral;
        this.remote = remote;
        this.local = local;
        this.hedgeMillis = hedgeMillis;
        this.begunNanos = begunNanos;
    }

    @Override
    final void remember(Outcome found) {
        if (found != deferral.outcome()) {
            // It wasn't tried, or has come to no end that says anything of the peer.
            return;
        }
        // No switch, as nothing that a first connection needs: its table is a class of its own.
        if (found == Outcome.HEDGED) {
            hedged();
        } else if (found == Outcome.SYN_RESENT) {
            lostSyn(found);
        } else if (found == Outcome.RESET) {
            reset();
        } else if (found == Outcome.UNANSWERED) {
            unanswered();
        } else if (found == Outcome.UNANSWERED_TWICE) {
            unansweredTwice();
        } else if (found == Outcome.DATA_NOT_ACKNOWLEDGED) {
            dataNotAcknowledged();
        } else if (found == Outcome.NOT_CONNECTED) {
            notConnected();
        } else if (found == Outcome.UNSUPPORTED) {
            attempts.setRefused();
            teach(found);
        } else if (found != Outcome.LOST) {
            // That was told already, as a connection of which it is known late.
            teach(found);
        }
    }

    private void teach(Outcome found) {
        memory.learn(local, remote, found, deferral.rttMicros(), begunNanos);
    }

    private void hedged() {
        if (deferral.rttMicros() >= TimeUnit.MILLISECONDS.toMicros(hedgeMillis)) {
            // Nothing was lost: the path is longer than was known.
            memory.learnLongPath(remote, deferral.rttMicros());
        } else {
            lostSyn(Outcome.HEDGED);
        }
    }

    private void lostSyn(Outcome found) {
        memory.learnLostSyn(local, remote, found, deferral.rttMicros(), begunNanos, ordinaryLostToo());
    }

    private void reset() {
        if (ordinaryLostToo()) {
            memory.learnLossy(local, remote, deferral.rttMicros());
        } else {
            teach(Outcome.RESET);
        }
    }

    private void unanswered() {
        if (deferral.wasLeftSilent()) {
            memory.learnSilence(local, remote, Outcome.UNANSWERED, deferral.rttMicros(), begunNanos, ordinaryLostToo());
        } else if (ordinaryLostToo()) {
            suspect();
        } else {
            teach(Outcome.UNANSWERED);
        }
    }

    private void unansweredTwice() {
        if (deferral.wasComparedInFull()) {
            memory.acquit(local.get(), remote);
            teach(Outcome.UNANSWERED_TWICE);
        } else {
            suspect();
        }
    }

    /** A path that loses at random, or an application that gives up: an ordinary connection decides. */
    private void suspect() {
        memory.suspect(remote, new Suspicion(local.get(), false, System.nanoTime() - begunNanos));
    }

    private void dataNotAcknowledged() {
        if (deferral.isWithoutCookie()) {
            memory.learnNeedsCookie(remote);
        }
        if (deferral.hasCostTime()) {
            memory.learnUntaken(local.get(), remote, deferral.rttMicros());
        } else {
            teach(Outcome.DATA_NOT_ACKNOWLEDGED);
        }
    }

    private void notConnected() {
        if (deferral.carriedBytes() > 0 && deferral.hasRunOutOfTime()) {
            memory.suspectNetwork(local.get(), remote.getAddress());
        }
        teach(Outcome.NOT_CONNECTED);
    }

    /** Whether the ordinary connection that took the attempt's place has lost something, too. */
    private boolean ordinaryLostToo() {
        return !deferral.wasCleanInItsPlace();
    }
}
