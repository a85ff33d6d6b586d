// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.destinations.Memory;
import io.github.niofastopen.destinations.Suspicion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What an attempt tells the memory of a path that isn't proven: that it is, or that a connection may have been lost on it; and,
 * where this connection is the ordinary one that follows such a one, which of the two it was.
 */
final class Proving {
    /** An ordinary connection takes a round trip longer to its first answer. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Memory memory;
    private final Deferral deferral;
    private final InetSocketAddress remote;
    /** What this connection is to decide; null if nothing. */
    private final Suspicion suspicion;
    private final Patience patience;
    private final long begunNanos = System.nanoTime();
    /** Protected by this object's monitor, under which nothing is called. */
    private Watch told;

    Proving(Memory memory, Deferral deferral, InetSocketAddress remote, Suspicion suspicion, long patienceMillis) {
        this.memory = memory;
        this.deferral = deferral;
        this.remote = remote;
        this.suspicion = suspicion;
        this.patience = new Patience(patienceMillis);
    }

    Patience patience() {
        return patience;
    }

    /** @param local tells from where the connection was made; asked only if it matters */
    void learn(Supplier<InetAddress> local) {
        Watch watch = deferral.watch();
        if (watch == null || suspicion == null && !isNews(watch)) {
            return;
        }
        if (suspicion != null && suspicion.isOfChance()) {
            judgeChance(watch, local);
        } else if (suspicion != null) {
            judge(watch);
        } else if (watch.progress() == Watch.Progress.PROVEN) {
            memory.prove(local.get(), remote);
        } else if (watch.progress() == Watch.Progress.LOST) {
            memory.learnLost(local.get(), remote);
        } else if (watch.progress() == Watch.Progress.DOUBTFUL) {
            memory.suspect(remote, new Suspicion(local.get(), watch.wasHeard(), sinceBegun()));
        }
    }

    /** What a watch has come to is told once: later it may be true no more. */
    private synchronized boolean isNews(Watch watch) {
        if (watch.isOpen() || watch == told) {
            return false;
        }
        told = watch;
        return true;
    }

    /** One that comes through unharmed tells nothing: so does the next by chance. */
    private void judgeChance(Watch watch, Supplier<InetAddress> local) {
        if (watch.hasLost()) {
            deferral.endWatch();
            if (isNews(watch)) {
                memory.learnLoss(local.get(), remote);
            }
        }
    }

    private void judge(Watch watch) {
        boolean further = suspicion.wasHeard() ? watch.progress() == Watch.Progress.PROVEN : watch.wasHeard();
        if (further && watch.resent() == 0 && isInTime()) {
            memory.convict(remote, suspicion);
        } else if (further && watch.resent() == 0 || watch.progress() == Watch.Progress.DOUBTFUL && isAsLate()) {
            memory.acquit(suspicion.local(), remote);
        } else if (!further) {
            return;
        }
        deferral.endWatch();
    }

    private boolean isInTime() {
        return suspicion.wasHeard() || sinceBegun() <= suspicion.silentNanos() + SLACK_NANOS + rttNanos();
    }

    /** An application that gives up sooner than before says nothing of the server. */
    private boolean isAsLate() {
        return suspicion.wasHeard() || sinceBegun() >= suspicion.silentNanos() - SLACK_NANOS;
    }

    private long rttNanos() {
        return TimeUnit.MICROSECONDS.toNanos(memory.rttMicros(remote.getAddress()));
    }

    private long sinceBegun() {
        return System.nanoTime() - begunNanos;
    }
}
