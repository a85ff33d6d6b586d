// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import io.github.niofastopen.attempt.Deferral;
import io.github.niofastopen.attempt.Phase;
import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import io.github.niofastopen.time.DeferralTimer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One connection attempt of one channel, from connect to the first sign of the peer: its state machine, the times that it
 * must keep, what is learned from it, and the order of those who read and write meanwhile. The channel drops it once
 * nothing more depends on it.
 */
final class Attempt {
    /**
     * How soon a reconnecting socket is asked whether its peer has answered, to be sent the first flight again: nobody else
     * may be waiting for that. The longer it takes, the rarer, so that many dead peers cost little.
     */
    private static final long RECONNECT_POLL_LEAST_MILLIS = 2;
    private static final long RECONNECT_POLL_MOST_MILLIS = 250;
    private static final int RECONNECT_POLLS_IN_TIME_WAITED = 16;
    /** When to look again whether a thread that should have hedged by itself has. */
    private static final long HEDGE_AGAIN_MILLIS = 100;
    private static final long NO_TIME_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

    /** One reader and one writer at a time, as the JDK's readLock and writeLock have it. Taken before any other lock. */
    final ReentrantLock readLock = new ReentrantLock();
    final ReentrantLock writeLock = new ReentrantLock();

    private final Deferral deferral;
    private final InetSocketAddress remote;
    /** Whether the application chose the local address. */
    private final boolean bound;
    private final Function<Deferral, InetAddress> local;
    private final FastOpenChannels channels;
    private final HalfClose halfClose = new HalfClose(this);
    private final long hedgeMillis;
    private final Consumer<Report> recording;
    private final long begunNanos = System.nanoTime();
    private final AtomicBoolean reconnecting = new AtomicBoolean();
    /** Protected by this object's monitor, which is taken after every other lock but the memory's own. */
    private boolean learned;
    /** Whether nothing is left to be found out or learned. */
    private volatile boolean settled;
    private final Waiters waiters = new Waiters();
    private final AtomicBoolean begunWith = new AtomicBoolean();
    /** Whether a selector has shown that the connect can be finished. */
    private volatile boolean announced;
    private volatile long heldNanos;
    private volatile long reconnectedNanos;
    /** When the peer's time to answer is over, as {@link System#nanoTime} has it, if {@link #hedgeMillis} isn't 0. */
    private volatile long hedgeAtNanos = begunNanos + NEVER_NANOS;
    private volatile int offeredBytes;
    private volatile int carriedBytes;
    /** The window while the SYN is held back, then the hedge. */
    private volatile DeferralTimer.Task timer;

    /**
     * @param bound whether the channel was bound before connect
     * @param local tells the local address, or null
     */
    Attempt(Deferral deferral, InetSocketAddress remote, boolean bound, Function<Deferral, InetAddress> local, FastOpenChannels channels) {
        this.deferral = deferral;
        this.remote = remote;
        this.bound = bound;
        this.local = local;
        this.channels = channels;
        this.hedgeMillis = channels.hedgeMillis(remote.getAddress());
        this.recording = channels.reports().begin();
    }

    Deferral deferral() {
        return deferral;
    }

    HalfClose halfClose() {
        return halfClose;
    }

    boolean isBound() {
        return bound;
    }

    InetSocketAddress remote() {
        return remote;
    }

    InetAddress remoteAddress() {
        return remote.getAddress();
    }

    Phase phase() {
        return deferral.phase();
    }

    Waiters waiters() {
        return waiters;
    }

    /** A selector shows that the connect can be finished: finishConnect must not say otherwise any more. */
    void announce() {
        announced = true;
    }

    boolean isAnnounced() {
        return announced;
    }

    /** Whether connect has returned before the peer of this path can have answered; below a ms that can't be told. */
    boolean tookNoTime() {
        long rttNanos = TimeUnit.MICROSECONDS.toNanos(channels.paths().rttMicros(remote.getAddress()));
        return System.nanoTime() - begunNanos < Math.max(NO_TIME_NANOS, rttNanos / 2);
    }

    /** The SYN is held back: sends it without data when the window has passed and nothing was written. */
    void openWindow() {
        if (phase() == Phase.HELD) {
            DeferralTimer.Task window = DeferralTimer.after(channels.windowMillis(), () -> releaseUnwritten(Outcome.WINDOW_ELAPSED));
            timer = window;
            if (window == null) {
                releaseUnwritten(Outcome.WINDOW_ELAPSED);
            } else if (phase() != Phase.HELD) {
                window.cancel();
            }
        }
    }

    /** Sends the SYN without data, because no ClientHello can be expected any more. */
    void releaseUnwritten(Outcome reason) {
        if (deferral.release(reason)) {
            departed();
            began(false);
        }
    }

    /**
     * Sends the SYN with the first flight.
     *
     * @return how many bytes of it were taken
     */
    int sendFirstFlight(byte[] flight) {
        int sent = deferral.sendFirstFlight(flight);
        offeredBytes = flight.length;
        carriedBytes = sent;
        departed();
        return sent;
    }

    /** The SYN that was held back has left. */
    private void departed() {
        long now = System.nanoTime();
        heldNanos = now - begunNanos;
        awaitAnswer(now);
    }

    /** A SYN that wasn't held back has left. */
    void asked() {
        deferral.asked();
        awaitAnswer(System.nanoTime());
    }

    /** From now on the peer has so long to answer. */
    private void awaitAnswer(long now) {
        stopTimer();
        if (hedgeMillis > 0 && phase().awaitsPeer()) {
            hedgeAtNanos = now + TimeUnit.MILLISECONDS.toNanos(hedgeMillis);
            startTimer(hedgeMillis, this::hedge);
        }
        keepReconnecting();
    }

    /** Looks whether the peer has been heard from, and whether its time is over. */
    Phase poll() {
        if (settled) {
            return phase();
        }
        Phase phase = deferral.poll();
        if (nanosUntilHedge() <= 0) {
            // Once: a sandbox that refuses the disconnect would refuse it again.
            hedgeAtNanos = System.nanoTime() + NEVER_NANOS;
            deferral.hedge();
            phase = deferral.poll();
        }
        if (phase.awaitsPeer()) {
            keepReconnecting();
        } else if (deferral.outcome() != null) {
            stopTimer();
            learn();
        }
        return phase;
    }

    /** How long a thread that waits for the peer may do so before it polls again, in ns. */
    long nanosUntilHedge() {
        return hedgeMillis > 0 && (phase() == Phase.ASKED || phase() == Phase.SYN_SENT)
            ? hedgeAtNanos - System.nanoTime() : NEVER_NANOS;
    }

    /** @param clientHello whether the first bytes of the connection were a ClientHello of ours; what is told first counts */
    void began(boolean clientHello) {
        if (!begunWith.compareAndSet(false, true)) {
            return;
        }
        if (clientHello) {
            channels.destinations().beganWithClientHello(remote);
        } else {
            channels.destinations().beganOtherwise(remote);
        }
    }

    /**
     * The channel is being closed; no native call on its descriptor follows.
     *
     * @return whether nobody waits on it: otherwise the last one who does is to give it back
     */
    boolean close() {
        InetAddress from = phase() == Phase.RECONNECTING ? local.apply(deferral) : null;
        Phase before = deferral.close(waiters.any());
        // Only now: the last waiter gives the descriptor back. Who enters in between sees a closed channel, and leaves.
        boolean last = waiters.close();
        stopTimer();
        if (before == Phase.RECONNECTING) {
            channels.paths().learn(from, remote.getAddress(), Outcome.NOT_CONNECTED, 0);
        }
        if (before == Phase.HELD) {
            began(false);
            report(Outcome.CLOSED_UNWRITTEN);
        } else if (before.awaitsPeer() || before == Phase.ARMED) {
            report(Outcome.NOT_CONNECTED);
        } else {
            learn();
        }
        return last;
    }

    /** Tells what became of the attempt. Called with none of this object's locks but those of a reader or writer. */
    void report(Outcome outcome) {
        boolean held = !deferral.wasNeverHeld();
        boolean accepted = outcome == Outcome.ACCEPTED || outcome == Outcome.TOO_LARGE;
        channels.reports().ended(recording, new Report(remote, outcome, held ? offeredBytes : 0, accepted ? carriedBytes : 0,
            held ? heldNanos : 0, System.nanoTime() - begunNanos, deferral.rttMicros()));
    }

    /** A thread that waits for the peer hedges by itself: with a descriptor that blocks that takes the timer too long. */
    private void hedge() {
        if (waiters.any() && nanosUntilHedge() <= 0) {
            startTimer(HEDGE_AGAIN_MILLIS, this::hedge);
        } else {
            poll();
        }
    }

    private void keepReconnecting() {
        if (phase() == Phase.RECONNECTING && deferral.owesFlight() && reconnecting.compareAndSet(false, true)) {
            DeferralTimer.Task next = DeferralTimer.after(millisUntilReconnectPoll(), () -> {
                reconnecting.set(false);
                poll();
            });
            if (next == null) {
                reconnecting.set(false);
            }
        }
    }

    private long millisUntilReconnectPoll() {
        if (reconnectedNanos == 0) {
            reconnectedNanos = System.nanoTime();
        }
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - reconnectedNanos);
        return Math.max(RECONNECT_POLL_LEAST_MILLIS, Math.min(RECONNECT_POLL_MOST_MILLIS, waited / RECONNECT_POLLS_IN_TIME_WAITED));
    }

    private void learn() {
        Outcome outcome = learnOnce();
        if (outcome != null) {
            report(outcome);
        }
    }

    /**
     * Whoever finds the outcome returns only when it has been learned: the application may connect again at once.
     *
     * @return the outcome, for the one who has learned it
     */
    private synchronized Outcome learnOnce() {
        Outcome outcome = deferral.outcome();
        if (outcome == null || learned) {
            return null;
        }
        learned = true;
        learnFrom(outcome);
        settled = true;
        return outcome;
    }

    private void learnFrom(Outcome outcome) {
        if (outcome == Outcome.UNSUPPORTED) {
            channels.setRefused();
        }
        if (outcome == Outcome.HEDGED && deferral.rttMicros() >= TimeUnit.MILLISECONDS.toMicros(hedgeMillis)) {
            // Nothing was lost: the path is longer than was known.
            channels.paths().learnRtt(remote.getAddress(), deferral.rttMicros());
            return;
        }
        channels.cookieRequests().learn(remote, outcome, begunNanos);
        boolean localMatters = !outcome.carriesOption() || outcome.clearsPath() && channels.paths().hasFailures();
        channels.paths().learn(localMatters ? local.apply(deferral) : null, remote.getAddress(), outcome,
            deferral.rttMicros());
    }

    private void startTimer(long millis, Runnable task) {
        timer = DeferralTimer.after(millis, task);
    }

    private void stopTimer() {
        DeferralTimer.Task running = timer;
        if (running != null) {
            timer = null;
            running.cancel();
        }
    }
}
