// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpSocket;
import io.github.niofastopen.outcome.Outcome;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * The state machine of one connection attempt: when its SYN leaves and with what, and how the attempt goes on without
 * Fast Open where the path doesn't bear it. It keeps no times: {@link Attempt} does.
 *
 * <p>Every native call that changes the connection, or asks the kernel of it, is made here, under this object's monitor. {@link
 * #close} takes the same monitor before the JDK gives the descriptor back: after {@code close} no call of ours can reach a
 * descriptor that has become another connection's. A plain socket whose connect fails is closed by the JDK itself, and then {@link
 * #abandon abandoned}: until connect has returned, reads and writes wait, no time runs, and nobody else calls here. The calls don't
 * block, so the monitor is held for microseconds; for a tick of the kernel's clock where a reconnect meets a descriptor that blocks.
 */
public final class Deferral {

    /** What an attempt is about; called under the attempt's monitor, so it takes no lock and doesn't wait. */
    public interface Path {
        /** Whether the path is known to carry SYNs with a Fast Open option. */
        boolean isCleared();

        /** Whether the path is known to bear all of a connection whose SYN carries data. */
        boolean isProven();

        /** Whether a server that is silent, or ends the connection early, is what may be expected there. */
        boolean isAcquitted();

        /** Whether the peer has had time to answer. */
        boolean hasHadTime();

        /** The descriptor has got another local port. */
        void reconnected();
    }

    /** A reason for which there is no connection, which is none of the kernel's: the application's time is over. */
    static final int GIVEN_UP = Integer.MIN_VALUE;

    private final TcpSocket socket;
    private final InetSocketAddress remote;
    private final Path path;

    private volatile Phase phase;
    private volatile Outcome outcome;
    private volatile int rttMicros;
    /** Null where there is nothing to be found out about the path. */
    private volatile Watch watch;

    // -- The following fields are protected by the monitor

    private final FirstFlight flight = new FirstFlight();
    private int offeredBytes;
    private int carriedBytes;
    private boolean withoutCookie;
    private long departedNanos;
    /** How often the SYN that left last was looked for, and wasn't answered. */
    private int looksInVain;
    /** What the attempt comes to if the SYN is answered as it should be. */
    private Outcome expected = Outcome.NO_COOKIE;
    /** What it comes to if nothing happens to the connection that is watched. */
    private Outcome ifProven;
    /** Whether the connection in the place of one that was left unanswered had as much time as that. */
    private boolean comparedInFull;
    /** Whether some segment of the connection in the place of another was lost. */
    private boolean losingInItsPlace;
    /** Whether what another connection took the place of was silent, and not ended by its peer. */
    private boolean leftSilent;
    /** An error that the socket itself doesn't keep, as {@code -errno}; 0 if none. */
    private int failure;

    private Deferral(TcpSocket socket, InetSocketAddress remote, Path path, Phase phase) {
        this.socket = socket;
        this.remote = remote;
        this.path = path;
        this.phase = phase;
    }

    /** An attempt that is the JDK's alone, of which only the first bytes are looked at. */
    public static Deferral watched(TcpSocket socket, InetSocketAddress remote, Path path) {
        return new Deferral(socket, remote, path, Phase.WATCHED);
    }

    /** The same of a connection that is to tell what became of an earlier one. */
    static Deferral judging(TcpSocket socket, InetSocketAddress remote, Path path) {
        Deferral deferral = watched(socket, remote, path);
        deferral.watch = Watch.ofOrdinary();
        return deferral;
    }

    /** An attempt that the kernel may hold back. */
    public static Deferral armed(TcpSocket socket, InetSocketAddress remote, Path path) {
        return new Deferral(socket, remote, path, Phase.ARMED);
    }

    public Phase phase() {
        return phase;
    }

    /** What became of Fast Open, or null as long as that isn't known. */
    public Outcome outcome() {
        return outcome;
    }

    /** The round-trip time of the SYN that was answered, in microseconds; 0 if unknown. */
    public int rttMicros() {
        return rttMicros;
    }

    /** Length of the first flight, in bytes; 0 if there was none when the SYN left. */
    public synchronized int offeredBytes() {
        return offeredBytes;
    }

    /** How much of the first flight left in the SYN, in bytes. */
    public synchronized int carriedBytes() {
        return carriedBytes;
    }

    /**
     * Asks the kernel to hold the SYN back, before connect(2). Where it refuses, the attempt is an ordinary one. With
     * Multipath TCP a server hands out what a SYN carried only when more arrives (seen with Linux 6.18): it counts as refused.
     *
     * @param unknownProtocol whether this may be a socket of Multipath TCP
     * @return 0 or {@code -errno}
     */
    public synchronized int arm(boolean unknownProtocol) {
        if (phase != Phase.ARMED) {
            return Errno.EBADF.asResult();
        }
        int result = unknownProtocol && socket.isMultipath() ? Errno.ENOPROTOOPT.asResult() : socket.setFastOpenConnect(true);
        if (result < 0) {
            moveTo(Phase.WATCHED);
        }
        return result;
    }

    /** The SYN is to carry data without a cookie. A kernel that doesn't know how asks for a cookie, as ever. */
    public synchronized void armWithoutCookie() {
        withoutCookie = phase == Phase.ARMED && socket.setFastOpenNoCookie() >= 0;
    }

    /** Whether the SYN carried its data without a cookie. */
    public synchronized boolean isWithoutCookie() {
        return withoutCookie;
    }

    /** connect(2) was refused before it began: takes the option back, so that another attempt finds the socket as it was. */
    public synchronized void disarm() {
        if (phase == Phase.ARMED) {
            socket.setFastOpenConnect(false);
            moveTo(Phase.WATCHED);
        }
    }

    /**
     * Connects, on a descriptor that doesn't block, in the place of a connect of the JDK's that can't be helped once it waits.
     * Where the kernel holds the SYN back, or can't connect, the socket is as it was afterwards: the JDK's finds that again.
     * So it is where connect(2) isn't the kernel's, and returns with a connection; but then it is an ordinary one from now on.
     *
     * @return whether a SYN has left; a connect(2) that follows its answer returns at once (net/ipv4/af_inet.c,
     *     __inet_stream_connect, SS_CONNECTING)
     */
    public synchronized boolean ask() {
        if (phase != Phase.ARMED) {
            return false;
        }
        int result = socket.connect(remote);
        if (result < 0 && !hasDeparted(result)) {
            return false;
        }
        boolean connected = result >= 0 && isConnected(socket.info());
        if (result >= 0 && socket.disconnect() >= 0) {
            socket.takeError();
            if (connected) {
                disarm();
            }
            return false;
        }
        if (result >= 0) {
            // A sandbox doesn't let go of the SYN that is held back: it leaves.
            socket.sendBareSyn();
        }
        asked();
        return true;
    }

    /**
     * The kernel's connect would say that it is on its way: a library that leads connections through a proxy, or a supervisor, has
     * put another in its place. A socket of which the kernel tells nothing is none of these.
     */
    private static boolean isConnected(TcpInfo info) {
        return !info.isSynSent() && !info.isClosed();
    }

    /** connect(2) has sent a SYN that asks for a cookie: the connection is being set up as ever. */
    public synchronized void asked() {
        if (phase == Phase.ARMED) {
            moveTo(Phase.ASKED);
            departedNanos = System.nanoTime();
            looksInVain = 0;
        }
    }

    /** connect(2) has returned at once in non-blocking mode: the SYN is held back. */
    public synchronized void held() {
        if (phase == Phase.ARMED) {
            moveTo(Phase.HELD);
        }
    }

    /**
     * connect(2) has returned in blocking mode: at once, because the SYN is held back, or after the handshake. Only the
     * kernel can tell which.
     *
     * @return false if there is no connection any more, and never was one that a peer has answered: somebody has destroyed the
     *     socket, or shut it down (net/ipv4/tcp.c, tcp_abort; net/ipv4/af_inet.c, inet_shutdown)
     */
    public synchronized boolean heldUnlessAnswered() {
        if (phase != Phase.ARMED) {
            return true;
        }
        TcpInfo info = socket.info();
        if (info.isSynSent()) {
            moveTo(Phase.HELD);
            return true;
        }
        moveTo(Phase.ANSWERED);
        if (info.isUnknown()) {
            // The kernel tells nothing of the connection that there is: a sandbox has been put up.
            outcome = Outcome.UNSUPPORTED;
        } else if (info.wasAnswered() || !info.isClosed()) {
            learnAnswer(info);
        } else {
            return false;
        }
        return true;
    }

    /**
     * Sends the SYN that is held back with as much of the first flight as it can carry.
     *
     * @return how many bytes were taken; 0 if none, because the SYN isn't held back any more, or couldn't leave
     */
    public synchronized int sendFirstFlight(byte[] first) {
        if (phase != Phase.HELD) {
            return 0;
        }
        depart();
        offeredBytes = first.length;
        int result = socket.send(first, 0, first.length);
        if (result >= 0) {
            carriedBytes = result;
            expected = result < first.length ? Outcome.TOO_LARGE : Outcome.ACCEPTED;
            flight.begin(first, result);
            return result;
        }
        if (!hasDeparted(result)) {
            reconnect(reasonOf(result), false);
        }
        // If it has departed, the cookie was gone since connect: an ordinary SYN took nothing.
        return 0;
    }

    /**
     * Keeps what follows the first flight until the peer has been heard from, as the kernel's send buffer would: within the
     * bounds of a record.
     *
     * @return whether it was kept
     */
    public synchronized boolean keep(byte[] more) {
        boolean kept = phase.isSaidToBeConnected() && !flight.isEmpty() && flight.hasRoomFor(more.length);
        if (kept) {
            flight.keep(more);
        }
        return kept;
    }

    /**
     * Sends the SYN that is held back without data.
     *
     * @param reason what this makes of the attempt
     * @return whether it was held back
     */
    public synchronized boolean release(Outcome reason) {
        if (phase != Phase.HELD) {
            return false;
        }
        expected = reason;
        depart();
        int result = socket.sendBareSyn();
        if (!hasDeparted(result)) {
            reconnect(reasonOf(result), false);
        }
        return true;
    }

    private void depart() {
        moveTo(Phase.SYN_SENT);
        departedNanos = System.nanoTime();
        looksInVain = 0;
    }

    /** Asks the kernel whether the peer has been heard from, as long as that isn't known, and goes on accordingly. */
    public synchronized Phase poll() {
        if (phase.awaitsPeer()) {
            pollForPeer(socket.info());
        } else if (phase.awaitsFirstByte()) {
            pollForFirstByte(socket.info());
        }
        return phase;
    }

    private void pollForPeer(TcpInfo info) {
        if (info.isClosed() && !info.wasAnswered()) {
            refused();
        } else if (info.isSynSent()) {
            looksInVain++;
            if (looksInVain > 1) {
                takeErrorOfSyn();
            }
        } else if (sendRestOfFlight()) {
            answered(info);
        }
    }

    /**
     * An ICMP error that meets a SYN while connect(2) or sendto(2) still has the socket, as one of this machine's own firewall does,
     * leaves the state as it is (net/ipv4/tcp_ipv4.c, tcp_v4_err): only SO_ERROR tells it, which the JDK asks after each event. Not
     * asked at the first look, which a blocking read takes of each connection before it waits. That a router has told of a smaller
     * MTU is no refusal (tcp_v4_mtu_reduced): the kernel sends a SYN that fits.
     */
    private void takeErrorOfSyn() {
        int error = socket.takeError();
        if (error == 0 || Errno.EMSGSIZE.is(error)) {
            return;
        }
        if (phase.isSecondSyn() || phase == Phase.ASKED && path.isCleared()) {
            fail(error);
        } else {
            reconnect(Outcome.RESET, false);
        }
    }

    private void pollForFirstByte(TcpInfo info) {
        if (info.hasReceived()) {
            heard(info);
        } else if (info.isClosed()) {
            unanswered(info, false);
        }
    }

    /** Whether something of the answer has arrived, and what precedes it was lost: its sender will send that again. */
    synchronized boolean hasGap() {
        return phase.awaitsFirstByte() && socket.info().hasReceivedOutOfOrder();
    }

    /** The peer has had its time to answer the first flight. */
    synchronized void endPatience() {
        if (!phase.awaitsFirstByte()) {
            poll();
            return;
        }
        TcpInfo info = socket.info();
        pollForFirstByte(info);
        if (phase.awaitsFirstByte()) {
            unanswered(info, true);
        }
    }

    /** Something is about to be written that can't be sent again: from now on the connection is the one that there is. */
    synchronized Phase commit() {
        if (phase == Phase.UNPROVEN) {
            flight.forget();
            moveTo(Phase.ESTABLISHED);
        }
        return phase;
    }

    private void heard(TcpInfo info) {
        if (phase == Phase.COMPARED) {
            outcome = Outcome.UNANSWERED;
            noteLossInItsPlace(info);
        } else {
            concludeAt(watch.look(info));
        }
        flight.forget();
        moveTo(Phase.ESTABLISHED);
    }

    /** @param alive whether the connection is there still, only silent */
    private void unanswered(TcpInfo info, boolean alive) {
        if (phase == Phase.COMPARED) {
            noteLossInItsPlace(info);
            outcome = info.hasReceivedOutOfOrder() ? Outcome.UNANSWERED : Outcome.UNANSWERED_TWICE;
            comparedInFull = true;
            flight.forget();
            moveTo(Phase.ESTABLISHED);
            return;
        }
        if (flight.isRepeatable()) {
            reconnect(Outcome.UNANSWERED, alive);
        }
        commit();
    }

    /** Looks how far a connection has come whose path isn't proven. */
    synchronized void look() {
        if (isWatched() && phase != Phase.CLOSED && !phase.awaitsPeer() && !phase.awaitsFirstByte()) {
            concludeAt(watch.look(socket.info()));
        }
    }

    /** Whether something was sent that the peer hasn't acknowledged. */
    synchronized boolean hasUnacknowledged() {
        return phase != Phase.CLOSED && socket.info().hasUnacknowledged();
    }

    /** Nothing is waited for any more before it is told what the attempt has come to. */
    synchronized void conclude() {
        if (outcome == null) {
            outcome = ifProven;
        }
    }

    private void concludeAt(Watch.Progress progress) {
        if (progress == Watch.Progress.LOST && outcome == null && ifProven != null) {
            outcome = Outcome.LOST;
        } else if (!progress.isOpen()) {
            conclude();
        }
    }

    /** Nothing is to be found out about the path any more. */
    synchronized void endWatch() {
        if (watch != null) {
            watch.end();
        }
    }

    /** Whether something is still to be found out about the path. */
    boolean isWatched() {
        Watch current = watch;
        return current != null && current.isOpen();
    }

    /** What was found out about the path; null if nothing was to be. */
    Watch watch() {
        return watch;
    }

    /** Whether the connection in the place of one that was left unanswered had its time, too. */
    synchronized boolean wasComparedInFull() {
        return comparedInFull;
    }

    /** Whether what the SYN had carried, or what followed, was lost once more, which has cost time. */
    boolean hasCostTime() {
        Watch over = watch;
        return over != null && over.resent() > 0;
    }

    /** Whether nothing of the connection in the place of another was lost: then the path isn't one that loses at random. */
    synchronized boolean wasCleanInItsPlace() {
        return !losingInItsPlace;
    }

    /** Whether the connection, or SYN, that another took the place of was left without an answer: that may be chance, a refusal isn't. */
    synchronized boolean wasLeftSilent() {
        return leftSilent;
    }

    /**
     * The peer has had its time to answer: if it hasn't, goes on without Fast Open. A SYN-ACK that comes later is
     * answered by a reset, which is what the server pays.
     */
    public synchronized void hedge() {
        if (phase.isTried() && socket.info().isSynSent()) {
            reconnect(Outcome.HEDGED, true);
        }
    }

    /**
     * The time for the connection is over, and its peer hasn't been heard from.
     *
     * @param reason as of {@link #failure}
     */
    synchronized void giveUp(int reason) {
        if (phase.isSaidToBeConnected()) {
            if (socket.disconnect() < 0) {
                // A sandbox may refuse that. So it is for whoever waits, too: net/ipv4/af_inet.c, inet_shutdown.
                socket.shutDown();
            }
            socket.takeError();
            fail(reason);
        }
    }

    /** Whether something of the first flight is still to be sent, or sent again. */
    public synchronized boolean owesFlight() {
        return flight.isOwed();
    }

    /** Does something with the descriptor that doesn't block and takes no lock, unless the channel is closed: null then. */
    public synchronized <T> T whileOpen(Supplier<T> action) {
        return phase == Phase.CLOSED ? null : action.get();
    }

    /**
     * Why there will be no connection, as {@code -errno}, or {@link #GIVEN_UP}.
     *
     * @return 0 if the socket keeps the reason, for the JDK to find
     */
    public synchronized int failure() {
        return failure;
    }

    /**
     * The channel is being closed, or is the JDK's alone from now on: no native call follows this one. An answer that nobody
     * has looked for yet still counts.
     *
     * @param wakePollers whether threads poll the descriptor of which the JDK's close doesn't know
     * @return the phase before
     */
    public synchronized Phase close(boolean wakePollers) {
        if (phase == Phase.CLOSED) {
            return phase;
        }
        if (phase.awaitsPeer()) {
            noticeAnswer();
        }
        Phase before = phase;
        lookAtLast();
        if (wakePollers && before != Phase.HELD) {
            socket.shutDown();
        }
        if (before == Phase.HELD) {
            // Nothing has left, so nothing can be lost. With a linger time SocketChannelImpl would shut the socket down
            // before its keys are cancelled, which in this state wakes the selector.
            socket.lingerNot();
        }
        flight.forget();
        moveTo(Phase.CLOSED);
        return before;
    }

    /**
     * The JDK's own connect has failed and given the descriptor back: its number may be another connection's by now, so nothing is asked
     * of it any more.
     *
     * @return the phase before
     */
    synchronized Phase abandon() {
        Phase before = phase;
        if (before != Phase.CLOSED) {
            endWatch();
            flight.forget();
            moveTo(Phase.CLOSED);
        }
        return before;
    }

    private void lookAtLast() {
        if (phase == Phase.COMPARED) {
            TcpInfo last = socket.info();
            noteLossInItsPlace(last);
            outcome = last.hasReceivedAnything() ? Outcome.UNANSWERED : Outcome.UNANSWERED_TWICE;
        } else if (isWatched()) {
            concludeAt(watch.end(socket.info(), path.hasHadTime()));
        }
    }

    private void noticeAnswer() {
        TcpInfo info = socket.info();
        if (!info.isSynSent() && info.wasAnswered() && sendRestOfFlight()) {
            answered(info);
        }
    }

    /** Whether the connection that took the place of another did so after that had been answered. */
    synchronized boolean replacesAnAnsweredOne() {
        return phase == Phase.RECONNECTING && expected == Outcome.UNANSWERED;
    }

    /** Whether all time that there was has passed without an answer. */
    synchronized boolean hasRunOutOfTime() {
        return failure == GIVEN_UP || Errno.ETIMEDOUT.is(failure);
    }

    /** A signal interrupts the wait of a connect that blocks, not the connect; some kernels answer the next with EALREADY. */
    private static boolean hasDeparted(int result) {
        return result >= 0 || Errno.EINPROGRESS.is(result) || Errno.EALREADY.is(result) || Errno.EAGAIN.is(result)
            || Errno.EINTR.is(result);
    }

    /** What the error of a SYN that couldn't leave says of Fast Open. */
    private static Outcome reasonOf(int result) {
        if (Errno.refusesFastOpen(result)) {
            return Outcome.UNSUPPORTED;
        }
        return Errno.ECONNREFUSED.is(result) || Errno.ECONNRESET.is(result) ? Outcome.RESET : Outcome.NOT_SENT;
    }

    /** The SYN was answered by an error, or given up. */
    private void refused() {
        if (phase == Phase.ASKING_AGAIN || phase == Phase.ASKED && path.isCleared()) {
            // A path that is known to carry Fast Open isn't to blame for a refusal that took no data: the JDK finds it.
            outcome = Outcome.NOT_CONNECTED;
            moveTo(Phase.ANSWERED);
            return;
        }
        // Taken: a reconnect would leave another one behind, ECONNRESET (net/ipv4/tcp.c, tcp_disconnect).
        int error = socket.takeError();
        if (phase == Phase.RECONNECTING || Errno.ETIMEDOUT.is(error)) {
            // The kernel has sent an ordinary SYN in vain, too.
            fail(error == 0 ? Errno.ECONNREFUSED.asResult() : error);
        } else {
            reconnect(Outcome.RESET, false);
        }
    }

    /** The peer has answered the SYN that left last, and has been sent what was owed. */
    private void answered(TcpInfo info) {
        if (phase.isSecondSyn()) {
            answeredInItsPlace(info);
        } else {
            learnAnswer(info);
            moveTo(phase == Phase.ASKED ? Phase.ANSWERED : mayBeReplaced() ? Phase.UNPROVEN : Phase.ESTABLISHED);
        }
        if (!phase.awaitsFirstByte()) {
            flight.forget();
        }
    }

    private void answeredInItsPlace(TcpInfo info) {
        if (expected == Outcome.UNANSWERED) {
            moveTo(Phase.COMPARED);
            return;
        }
        outcome = expected;
        rttMicros = info.rttMicros();
        noteLossInItsPlace(info);
        moveTo(phase == Phase.ASKING_AGAIN ? Phase.ANSWERED : Phase.ESTABLISHED);
    }

    private void noteLossInItsPlace(TcpInfo info) {
        losingInItsPlace = info.retransmissions() > 0 || info.hasReceivedOutOfOrder();
    }

    private boolean mayBeReplaced() {
        return isWatched() && !path.isProven() && !path.isAcquitted();
    }

    /** A peer has answered the SYN that Fast Open was tried with. */
    private void learnAnswer(TcpInfo info) {
        rttMicros = info.rttMicros();
        Outcome answer = new SynAnswer(info, !flight.isEmpty(), System.nanoTime() - departedNanos).outcome(expected);
        if (answer != expected) {
            // A firewall of this machine may have refused the SYN with data, which the kernel took for its cue to send one without.
            socket.dropQueuedErrors();
        }
        if (answer == Outcome.DATA_NOT_ACKNOWLEDGED || answer.carriesData() && !path.isProven()) {
            watch = Watch.of(info);
            ifProven = answer;
        } else {
            outcome = answer;
        }
    }

    /**
     * Goes on with an ordinary connection on the same descriptor. What the JDK and its selectors know of it stays true.
     *
     * @param alive whether the connection that there is, or its SYN, may still come to something
     */
    private void reconnect(Outcome reason, boolean alive) {
        if (socket.disconnect() < 0 && alive) {
            // Not allowed to: what is under way is still good.
            return;
        }
        expected = reason;
        leftSilent = alive;
        endWatch();
        // The disconnect leaves ECONNRESET behind (net/ipv4/tcp.c, tcp_disconnect), or the RST its error.
        socket.takeError();
        socket.dropQueuedErrors();
        socket.setFastOpenConnect(false);
        flight.sendAgain();
        int result = socket.connect(remote);
        if (Errno.ECONNABORTED.is(result)) {
            // Once, where a disconnect that a reset has come before was refused (net/ipv4/af_inet.c, __inet_stream_connect).
            result = socket.connect(remote);
        }
        if (result >= 0) {
            // Something under the JVM has set the option again, and the SYN is held back: it leaves. Otherwise this sends nothing.
            result = socket.sendBareSyn();
        }
        if (hasDeparted(result)) {
            moveTo(phase == Phase.ASKED ? Phase.ASKING_AGAIN : Phase.RECONNECTING);
            looksInVain = 0;
            path.reconnected();
        } else {
            fail(result);
        }
    }

    private void fail(int reason) {
        failure = reason;
        outcome = Outcome.NOT_CONNECTED;
        flight.forget();
        moveTo(Phase.FAILED);
    }

    /** A send buffer may be smaller than a flight. An error of the connection is taken by the call that meets it. */
    private boolean sendRestOfFlight() {
        int result = flight.sendRest(socket);
        if (result < 0 && !Errno.EAGAIN.is(result)) {
            fail(result);
        }
        return result == 0;
    }

    private void moveTo(Phase next) {
        if (!phase.mayBecome(next)) {
            throw new IllegalStateException(phase + " can't become " + next);
        }
        phase = next;
    }
}
