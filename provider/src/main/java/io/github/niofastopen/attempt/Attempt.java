// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.destinations.FirstBytes;
import io.github.niofastopen.destinations.Suspicion;
import io.github.niofastopen.destinations.Verdict;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpSocket;
import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import io.github.niofastopen.time.DeferralTimer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One connection attempt of one socket, from connect to the first sign of the peer: the times that it must keep, and what
 * is learned from it. {@link Deferral} has its states, {@link FirstExchange} the reads and writes meanwhile. The socket drops
 * it once nothing more depends on it.
 *
 * <p>Locks, in the order in which they are taken; each is taken with none that comes later:
 * <ol>
 * <li>those of whoever calls, among them the JDK's closeLock, regLock and interruptLock and a selector's: under them nothing
 *     here waits for another thread's progress
 * <li>the read lock and the write lock of the {@link FirstExchange}, held while a thread waits for the peer; close, interrupt,
 *     half-close, timer and selectors take neither
 * <li>the JDK's readLock and writeLock, by calls of the JDK's methods
 * <li>the {@link Lesson}'s monitor, or the {@link NoDelay}'s
 * <li>the JDK's stateLock, as those calls take it, and to read the local address
 * <li>the {@link Deferral}'s monitor, under which the native calls are made; no other lock is taken under it but the memory's
 * <li>leaves, under which nothing is called: {@link HalfClose}, {@link Waiting}, {@link DeferralTimer}, the memory's
 * </ol>
 * Whatever waits, or calls the application's or the JDK's code, does so with none of the monitors: {@link #holdsMonitor}.
 */
public final class Attempt {
    /** For how long a connection whose path isn't proven may be on its way to prove it before what it comes to is told. */
    private static final long WATCH_MILLIS = 3000;
    /** When to look again whether a thread that should have hedged by itself has. */
    private static final long HEDGE_AGAIN_MILLIS = 100;
    private static final long NEVER_NANOS = Long.MAX_VALUE / 2;
    /** How long to wait before a look at the socket's state: a close may fail to wake a waiting thread. */
    private static final long WAIT_SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Attempts attempts;
    private final Endpoint endpoint;
    private final InetSocketAddress remote;
    private final Verdict verdict;
    /** Whether the application chose the local address. */
    private final boolean bound;
    private final Deferral deferral;
    private final HalfClose halfClose;
    private final FirstExchange exchange;
    /** Null unless Nagle's algorithm is to be off during handshakes: then no connection needs its class. */
    private final NoDelay noDelay;
    private final long hedgeMillis;
    private final Waiting waiting = new Waiting();
    private final Recheck recheck = new Recheck(this);
    private final Lesson lesson;
    private final Proving proving;
    private final Consumer<Report> recording;
    private final long begunNanos = System.nanoTime();
    private final AtomicReference<FirstBytes> firstBytes = new AtomicReference<>(FirstBytes.UNKNOWN);
    private volatile long heldNanos;
    /** How long the application gives the connection, in ms; 0 if it has said nothing. */
    private volatile long givenMillis;
    /** Null until the SYN that was held back leaves. */
    private volatile Limit limit;
    /** When the peer's time to answer is over, as {@link System#nanoTime} has it, if {@link #hedgeMillis} isn't 0. */
    private volatile long hedgeAtNanos = begunNanos + NEVER_NANOS;
    /** The window while the SYN is held back, then the hedge. */
    private volatile DeferralTimer.Task timer;
    /** How long it took until the peer was known to have answered the SYN, in ns; 0 as long as it isn't, or it ends with that. */
    private volatile long answeredNanos;
    private volatile boolean watching;
    /** The local address, as the JDK had stored it when the SYN that was held back left; null if it hadn't: the descriptor has it. */
    private volatile InetAddress departedFrom;
    /** The local address when the socket was closed. */
    private volatile InetAddress lastLocal;

    /** @param verdict what the connect is to do: only {@link Verdict#TRY} is more than to look at the first bytes */
    public Attempt(Attempts attempts, Endpoint endpoint, TcpSocket socket, InetSocketAddress remote, Verdict verdict) {
        this.attempts = attempts;
        this.endpoint = endpoint;
        this.remote = remote;
        this.verdict = verdict;
        this.bound = endpoint.storedLocalAddress() != null;
        Deferral.Path path = new ThisPath();
        Suspicion suspicion = verdict == Verdict.AVOID ? attempts.memory().suspicion(remote) : null;
        this.deferral = verdict == Verdict.TRY ? Deferral.armed(socket, remote, path)
            : suspicion == null ? Deferral.watched(socket, remote, path) : Deferral.judging(socket, remote, path);
        this.halfClose = new HalfClose(endpoint);
        this.exchange = new FirstExchange(this, endpoint, attempts.anyFirstWrite());
        this.noDelay = attempts.noDelayInHandshake() ? new NoDelay(endpoint, deferral) : null;
        // A SYN from the same port, with a sequence number within the window of what the peer may hold, is answered by a reset.
        this.hedgeMillis = endpoint.hasChosenPort() ? 0 : attempts.hedgeMillis(remote.getAddress());
        this.lesson = new OfThisAttempt();
        this.proving = new Proving(attempts.memory(), deferral, remote, suspicion,
            hedgeMillis == 0 ? 0 : attempts.patienceMillis(remote.getAddress()));
        this.recording = attempts.reports().begin();
    }

    // -- connect

    /** connect(2) is about to be called. Where the kernel refuses to hold the SYN back, it is an ordinary one. */
    public void arm() {
        if (verdict != Verdict.TRY) {
            return;
        }
        int result = deferral.arm(attempts.takeUnknownProtocol());
        if (Errno.refusesFastOpen(result)) {
            attempts.setRefused();
        }
        if (result < 0) {
            lesson.learn(Outcome.UNSUPPORTED);
        } else if (attempts.memory().needsNoCookie(remote)) {
            deferral.armWithoutCookie();
        }
    }

    /**
     * The JDK's connect is over.
     *
     * @param accepted false if it was refused before it began: another may follow then, and nothing comes of this one
     */
    public void endConnect(boolean accepted) {
        if (accepted) {
            lesson.learn(verdict.outcome());
        } else {
            deferral.disarm();
            attempts.memory().withdraw(remote, Attempts.chosen(endpoint.storedLocalAddress()));
        }
    }

    /**
     * How long the application gives the connection, in ms: that bounds the wait for a peer after connect has returned, too. It
     * counts from the SYN: how long that is held back is up to us and to the application, not to the peer.
     */
    public void endAfter(long millis) {
        givenMillis = millis;
    }

    /** A SYN that wasn't held back has left. */
    public void asked() {
        deferral.asked();
        attempts.memory().firstFlights().notHeld(remote);
        awaitAnswer(System.nanoTime());
    }

    /**
     * Connects in the JDK's place, which can't be helped once it does: see {@link Deferral#ask}.
     *
     * @return whether a SYN has left, whose answer is to be waited for
     */
    public boolean ask() {
        boolean asked = deferral.ask();
        if (asked) {
            awaitAnswer(System.nanoTime());
        } else if (phase() == Phase.WATCHED) {
            attempts.setRefused();
            lesson.learn(Outcome.UNSUPPORTED);
        }
        return asked;
    }

    /** connect(2) has returned at once in non-blocking mode. */
    public void held() {
        deferral.held();
        noteHeld();
    }

    /** connect(2) has returned in blocking mode. */
    public void heldUnlessAnswered() {
        if (!deferral.heldUnlessAnswered()) {
            // No peer was asked: that teaches nothing.
            lesson.learn(Outcome.NOT_CONNECTED);
        }
        noteHeld();
    }

    private void noteHeld() {
        if (phase() == Phase.HELD) {
            attempts.memory().firstFlights().held(remote);
        } else {
            attempts.memory().firstFlights().notHeld(remote);
        }
    }

    /** If the SYN is held back: sends it without data when the window has passed and nothing was written. */
    public void openWindow() {
        if (phase() == Phase.HELD) {
            DeferralTimer.Task window = DeferralTimer.after(attempts.windowMillis(remote), new Timeout(Timeout.OF_WINDOW));
            timer = window;
            if (window == null) {
                closeWindow();
            } else if (phase() != Phase.HELD) {
                window.cancel();
            }
        }
    }

    private void closeWindow() {
        if (deferral.release(Outcome.WINDOW_ELAPSED)) {
            departed();
            began(FirstBytes.LATE);
        }
    }

    /** Sends the SYN without data, because no ClientHello can be expected any more. */
    public void release() {
        if (deferral.release(Outcome.NOT_TLS)) {
            departed();
            began(FirstBytes.OTHER);
        }
    }

    /**
     * Sends the SYN with the first flight.
     *
     * @return how many bytes of it were taken
     */
    int sendFirstFlight(byte[] flight) {
        int sent = deferral.sendFirstFlight(flight);
        departed();
        if (sent > 0) {
            attempts.memory().firstFlights().learn(remote, flight.length, sent);
        }
        return sent;
    }

    /** A first flight was written that the SYN couldn't have carried any more. */
    void wroteFlight(long length) {
        if (verdict == Verdict.FLIGHT_TOO_LARGE) {
            attempts.memory().firstFlights().learnUntried(remote, (int) Math.min(length, FirstFlight.MOST_BYTES));
        }
    }

    /** Keeps what follows the first flight until the peer has been heard from, if it is little. */
    boolean keep(byte[] more) {
        boolean kept = deferral.keep(more);
        if (kept) {
            recheck.begin();
        }
        return kept;
    }

    /** The SYN that was held back has left. */
    private void departed() {
        departedFrom = oneOf(endpoint.storedLocalAddress());
        long now = System.nanoTime();
        heldNanos = now - begunNanos;
        limit = givenMillis > 0 ? Limit.ofApplication(givenMillis) : Limit.ofDeferral();
        awaitAnswer(now);
    }

    /** From now on the peer has so long to answer. */
    private void awaitAnswer(long now) {
        stopTimer();
        if (hedgeMillis > 0 && phase().awaitsPeer()) {
            hedgeAtNanos = now + TimeUnit.MILLISECONDS.toNanos(hedgeMillis);
            startTimer(hedgeMillis, new Timeout(Timeout.OF_ANSWER));
        } else {
            awaitLimit();
        }
        recheckIfOwed();
    }

    /** Nobody but the timer may look again before the connection's time is over. */
    private void awaitLimit() {
        Limit current = limit;
        if (current != null && phase().isSaidToBeConnected()) {
            DeferralTimer.Task task = startTimer(current.millisLeft(), new Timeout(Timeout.OF_ANSWER));
            if (task != null && !phase().isSaidToBeConnected()) {
                // It came to its end in between, and found no timer. Another one that has begun since then goes on.
                task.cancel();
            }
        }
    }

    // -- the peer's answer

    /** Looks whether the peer has been heard from, and whether its time is over. */
    public Phase poll() {
        return lesson.isLearned() && !phase().awaitsPeer() ? phase() : pollPeer();
    }

    private Phase pollPeer() {
        Phase phase = deferral.poll();
        if (nanosUntilHedge() <= 0) {
            // Once: a sandbox that refuses the disconnect would refuse it again.
            hedgeAtNanos = System.nanoTime() + NEVER_NANOS;
            deferral.hedge();
            phase = deferral.poll();
            doubt(phase);
        }
        Limit current = limit;
        if (current != null && phase.isSaidToBeConnected() && current.nanosLeft() <= 0) {
            deferral.giveUp(current.reason());
            phase = deferral.phase();
        }
        if (phase.awaitsFirstByte()) {
            phase = awaitFirstByte(phase);
        }
        if (phase.awaitsPeer()) {
            recheckIfOwed();
        } else if (!phase.awaitsFirstByte()) {
            learn();
        }
        return phase;
    }

    /** The SYN was answered; what becomes of the first flight has its time, too. */
    private Phase awaitFirstByte(Phase phase) {
        long now = System.nanoTime();
        noteAnswer();
        if (proving.patience().begins(phase, now)) {
            stopTimer();
            startTimer(proving.patience().millis(), new Timeout(Timeout.OF_ANSWER));
        } else if (proving.patience().nanosLeft(phase, now) <= 0) {
            endPatience(phase, now);
        }
        return phase();
    }

    /** Where a part of the answer has come, the rest has as much time again to be sent once more. */
    private void endPatience(Phase phase, long now) {
        Patience patience = proving.patience();
        if (deferral.hasGap() && patience.extend(phase, now)) {
            stopTimer();
            startTimer(patience.millis(), new Timeout(Timeout.OF_ANSWER));
        } else if (patience.nanosLeft(phase, now) <= 0) {
            deferral.endPatience();
        }
    }

    /** What there is to be learned by now. */
    private void learn() {
        proving.learn(new LocalAddress());
        Outcome outcome = deferral.outcome();
        if (outcome != null) {
            stopTimer();
            lesson.learn(outcome);
        } else if (deferral.isWatched() && !lesson.isLearned()) {
            noteAnswer();
            if (!watching) {
                watching = true;
                stopTimer();
                startTimer(WATCH_MILLIS, new Timeout(Timeout.OF_WATCH));
            }
        }
    }

    /** Something has passed: where the path isn't proven yet, looks whether it is now. */
    void look() {
        if (deferral.isWatched()) {
            deferral.look();
            learn();
        }
    }

    /** The path has had time to be proven: what the attempt comes to is told, unless it may yet turn out to be lost. */
    private void concludeUnlessLosing() {
        deferral.look();
        Watch watch = deferral.watch();
        if (deferral.isWatched() && watch.isLosing()) {
            startTimer(WATCH_MILLIS, new Timeout(Timeout.OF_WATCH));
        } else {
            deferral.conclude();
        }
        learn();
    }

    /**
     * The same as {@link #poll} before something is sent that can't be sent again: where there is a connection, it is the one
     * that there will be.
     */
    public Phase commit() {
        poll();
        return deferral.commit();
    }

    /**
     * The same.
     *
     * @throws IOException what connect would have thrown, if there will be no connection
     */
    public Phase commitOrThrow() throws IOException {
        pollOrThrow();
        return deferral.commit();
    }

    private void noteAnswer() {
        if (answeredNanos == 0) {
            answeredNanos = Math.max(1, System.nanoTime() - begunNanos);
        }
    }

    /** The peer has let its time pass: connects that begin now are ordinary ones, which tell whether there is a peer. */
    private void doubt(Phase phase) {
        if (phase.isSecondSyn()) {
            attempts.memory().learn(new LocalAddress(), remote, Outcome.NOT_CONNECTED, 0, begunNanos);
        }
    }

    /**
     * Looks whether the peer has been heard from. Whatever follows goes by the answer: the phase may move on meanwhile. A
     * failure leaves the socket open, as a failed read does: event loops take a channel that has been closed under them for
     * one that they have closed themselves, and tell nobody.
     *
     * @throws IOException what connect would have thrown, if there will be no connection
     */
    public Phase pollOrThrow() throws IOException {
        Phase phase = poll();
        if (phase == Phase.FAILED) {
            throw failure();
        }
        return phase;
    }

    /** Why there is no connection, as connect would have thrown it. */
    public IOException failure() {
        int failure = deferral.failure();
        if (failure == Deferral.GIVEN_UP) {
            // As SocketChannelImpl.blockingConnect has it.
            return new SocketTimeoutException("Connect timed out");
        }
        return failure == 0 ? endpoint.closed() : Errno.connectFailure(failure, remote);
    }

    /** Whether a connection failed in a way that the socket has no error for, which the JDK could find. */
    public boolean hasFailedUnknownToSocket() {
        return phase() == Phase.FAILED && deferral.failure() != 0;
    }

    /** The failure that the socket has no error for: it is to be wrapped as the JDK's connect does. */
    public IOException failureWithoutRemote() {
        return Errno.connectFailure(deferral.failure());
    }

    /** A thread that waits for the peer hedges by itself: with a descriptor that blocks that takes the timer too long. */
    private void hedge() {
        if (waiting.any() && nanosUntilDue() <= 0) {
            startTimer(HEDGE_AGAIN_MILLIS, new Timeout(Timeout.OF_ANSWER));
        } else {
            poll();
            awaitLimit();
        }
    }

    /** How long a thread that waits for the peer may do so before it polls again, in ns. */
    private long nanosUntilHedge() {
        return hedgeMillis > 0 && phase().isTried() ? hedgeAtNanos - System.nanoTime() : NEVER_NANOS;
    }

    private long nanosUntilDue() {
        long now = System.nanoTime();
        long left = Math.min(nanosUntilHedge(), proving.patience().nanosLeft(phase(), now));
        Limit current = limit;
        return phase().isSaidToBeConnected() && current != null ? Math.min(left, current.nanosLeft()) : left;
    }

    /** The same, no longer than until a look at the socket's state is due. */
    public long waitNanos() {
        return Math.max(1, Math.min(WAIT_SLICE_NANOS, nanosUntilDue()));
    }

    void recheck() {
        Phase phase = halfClose.isOwed() ? commit() : poll();
        if (!phase.awaitsPeer()) {
            halfClose.carryOut();
        }
    }

    private void recheckIfOwed() {
        if (deferral.owesFlight() || halfClose.isOwed()) {
            recheck.begin();
        }
    }

    // -- half-close and close

    /**
     * A direction is to be shut down.
     *
     * @return whether that has been put off until the peer has been heard from; otherwise the JDK can do it now
     */
    public boolean putsOffShutDown(HalfClose.Direction direction) {
        release();
        if (!commit().awaitsPeer()) {
            return false;
        }
        halfClose.request(direction);
        recheck.begin();
        return true;
    }

    /** A thread is about to wait. @return whether it may; if not, there is nothing to wait for */
    public boolean enterWaiting() {
        assert !holdsMonitor();
        return waiting.enter();
    }

    /** A thread has waited. The last one out finishes a close, as in SocketChannelImpl: nobody waits for anybody. */
    public void leaveWaiting() {
        if (waiting.leave()) {
            assert !holdsMonitor();
            endpoint.finishClose();
        }
    }

    /** Whether the calling thread is between the two above. */
    public boolean isWaitedForHere() {
        return waiting.includeThisThread();
    }

    /**
     * From here on the socket is the JDK's, unless somebody waits on it still, its path isn't proven, or its handshake goes on.
     *
     * @return whether it is
     */
    public boolean drop() {
        if (deferral.isWatched() || hasNoDelay()) {
            return false;
        }
        halfClose.carryOut();
        if (!waiting.endIfNobodyIsInside()) {
            return false;
        }
        // Before the socket's close can fail to see it.
        deferral.close(false);
        endpoint.drop();
        return true;
    }

    /**
     * The socket is being closed; no native call on its descriptor follows.
     *
     * @return whether nobody waits on it: otherwise the last one who does is to give it back
     */
    public boolean close() {
        boolean asks = phase().awaitsPeer() || deferral.isWatched() || phase().awaitsFirstByte();
        InetAddress from = asks ? localAddress() : null;
        lastLocal = from;
        return end(deferral.close(waiting.any()), from);
    }

    /** The JDK's own connect has failed, and has closed the socket: no native call on its descriptor precedes or follows. */
    public void abandon() {
        InetAddress from = oneOf(endpoint.storedLocalAddress());
        lastLocal = from;
        end(deferral.abandon(), from);
    }

    private boolean end(Phase before, InetAddress from) {
        // Only now: the last waiter gives the descriptor back. Who enters in between sees a closed socket, and leaves.
        boolean last = waiting.close();
        stopTimer();
        if (before.isSecondSyn() || before.isTried() && hasHadTime()) {
            attempts.memory().learn(() -> from, remote, Outcome.NOT_CONNECTED, 0, begunNanos);
        }
        if (before == Phase.RECONNECTING && deferral.carriedBytes() > 0) {
            attempts.memory().suspectNetwork(from, remote.getAddress());
        }
        if (before == Phase.HELD) {
            began(FirstBytes.OTHER);
        }
        proving.learn(new LocalAddress());
        lesson.learn(before == Phase.HELD ? Outcome.CLOSED_UNWRITTEN
            : before.awaitsPeer() || before == Phase.ARMED ? Outcome.NOT_CONNECTED : deferral.outcome());
        return last;
    }

    /** Whether the peer has had time to answer: an application that gives up sooner says nothing of the peer. */
    private boolean hasHadTime() {
        long waited = System.nanoTime() - begunNanos - heldNanos;
        return waited >= TimeUnit.MILLISECONDS.toNanos(attempts.doubtMillis(remote.getAddress()));
    }

    // -- what is learned

    /** @param first what the connection was seen to begin with; what is known already stays */
    public void began(FirstBytes first) {
        FirstBytes before = firstBytes.get();
        if (before != first && !before.areKnown() && firstBytes.compareAndSet(before, first)) {
            attempts.memory().learn(remote, first);
            if (verdict == Verdict.IN_DOUBT && first != FirstBytes.LATE) {
                attempts.memory().learnAlive(remote);
            }
            if (first == FirstBytes.CLIENT_HELLO && verdict == Verdict.TRY) {
                attempts.learnHold(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos));
            }
        }
    }

    /** Whether there is a connection, and all is known of it that is to be. */
    boolean isOver() {
        return (phase() == Phase.ESTABLISHED || phase().isTheJdks()) && hasBegun() && !deferral.isWatched()
            && !hasNoDelay();
    }

    private boolean hasNoDelay() {
        return noDelay != null && noDelay.isOn();
    }

    /** What is done about Nagle's algorithm during the handshake, or null if nothing is. */
    public NoDelay noDelay() {
        return noDelay;
    }

    /** Whether it is known with what the connection has begun. */
    public boolean hasBegun() {
        return firstBytes.get().areKnown();
    }

    private InetAddress localAddress() {
        if (lastLocal != null) {
            return lastLocal;
        }
        InetAddress stored = oneOf(endpoint.storedLocalAddress());
        return stored != null ? stored : oneOf(deferral.whileOpen(endpoint::localAddressOfDescriptor));
    }

    /** Null where an address is the wildcard, or there is none. */
    private static InetAddress oneOf(InetSocketAddress local) {
        return local == null || local.getAddress().isAnyLocalAddress() ? null : local.getAddress();
    }

    // No lambdas, as nothing that a first connection needs: each costs a cold JVM half a millisecond

    private final class LocalAddress implements Supplier<InetAddress> {
        @Override
        public InetAddress get() {
            return localAddress();
        }
    }

    /** A time is over that the attempt keeps. */
    private final class Timeout implements Runnable {
        static final int OF_WINDOW = 0;
        static final int OF_ANSWER = 1;
        static final int OF_WATCH = 2;

        private final int kind;

        Timeout(int kind) {
            this.kind = kind;
        }

        @Override
        public void run() {
            if (kind == OF_WINDOW) {
                closeWindow();
            } else if (kind == OF_ANSWER) {
                hedge();
            } else {
                concludeUnlessLosing();
            }
        }
    }

    private final class OfThisAttempt extends OutcomeLesson {
        OfThisAttempt() {
            super(attempts, deferral, remote, new LocalAddress(), hedgeMillis, begunNanos);
        }

        @Override
        void tell(Outcome found) {
            noteAnswer();
            boolean accepted = found == Outcome.ACCEPTED || found == Outcome.TOO_LARGE;
            attempts.reports().ended(recording, phase() == Phase.WATCHED ? Report.untried(remote, found)
                : new Report(remote, found, deferral.offeredBytes(), accepted ? deferral.carriedBytes() : 0, heldNanos,
                    answeredNanos, deferral.rttMicros()));
        }
    }

    private final class ThisPath implements Deferral.Path {
        @Override
        public boolean isCleared() {
            return attempts.memory().isCleared(oneOf(endpoint.localAddressOfDescriptor()), remote.getAddress());
        }

        @Override
        public boolean isProven() {
            InetAddress from = departedFrom;
            return attempts.memory().isProven(from != null ? from : oneOf(endpoint.localAddressOfDescriptor()), remote.getAddress());
        }

        @Override
        public boolean isAcquitted() {
            return attempts.memory().isAcquitted(remote);
        }

        @Override
        public boolean hasHadTime() {
            return Attempt.this.hasHadTime();
        }

        @Override
        public void reconnected() {
            if (deferral.replacesAnAnsweredOne()) {
                // In the application's time there was an answer.
                limit = Limit.ofDeferral();
            }
            InetSocketAddress now = endpoint.localAddressOfDescriptor();
            if (now != null) {
                endpoint.relocated(now);
            }
        }
    }

    /** Whether the calling thread holds a monitor under which nothing may wait or call out, for assertions and tests. */
    boolean holdsMonitor() {
        return Thread.holdsLock(lesson) || Thread.holdsLock(deferral) || Thread.holdsLock(halfClose) || Thread.holdsLock(waiting)
            || noDelay != null && Thread.holdsLock(noDelay);
    }

    // -- for the socket and the exchange

    public Phase phase() {
        return deferral.phase();
    }

    public FirstExchange exchange() {
        return exchange;
    }

    public InetSocketAddress remote() {
        return remote;
    }

    /** Whether the application chose the local address. */
    public boolean isBound() {
        return bound;
    }

    public boolean isToBeShut(HalfClose.Direction direction) {
        return halfClose.isRequested(direction);
    }

    /** The round-trip time to the peer as far as it is known, in ms. */
    long rttMillis() {
        return TimeUnit.MICROSECONDS.toMillis(attempts.memory().rttMicros(remote.getAddress()));
    }

    /** Whether something that was written is still to be sent. */
    boolean owesFlight() {
        return deferral.owesFlight();
    }

    /** Null if no thread can be had for it. */
    private DeferralTimer.Task startTimer(long millis, Runnable action) {
        DeferralTimer.Task task = DeferralTimer.after(millis, action);
        timer = task;
        return task;
    }

    private void stopTimer() {
        DeferralTimer.Task running = timer;
        if (running != null) {
            timer = null;
            running.cancel();
        }
    }
}
