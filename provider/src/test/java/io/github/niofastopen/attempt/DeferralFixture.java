// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpInfo.ClientFail;
import io.github.niofastopen.outcome.Outcome;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** An attempt in whatever phase a test begins with, over a socket that does as it is told. */
abstract class DeferralFixture {
    static final byte[] FLIGHT = {22, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3};

    static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 443);
    static final Call[] RECONNECT = {Call.DISCONNECT, Call.TAKE_ERROR, Call.DROP_QUEUED_ERRORS, Call.CLEAR_OPTION, Call.CONNECT};
    static final int ORDINARY_RTT_MICROS = 61_000;
    static final TcpInfo ACCEPTED = TcpInfo.of(1, true, ClientFail.UNSPECIFIED, 0, FakeTcpSocket.RTT_MICROS)
        .afterPassing(1 + FLIGHT.length, false, false);

    final FakeTcpSocket socket = new FakeTcpSocket();
    final AtomicInteger relocations = new AtomicInteger();
    boolean pathIsCleared;
    boolean pathIsProven = true;
    boolean pathIsAcquitted;
    boolean peerHasHadTime;
    final Deferral.Path path = new Deferral.Path() {
        @Override
        public boolean isCleared() {
            return pathIsCleared;
        }

        @Override
        public boolean isProven() {
            return pathIsProven;
        }

        @Override
        public boolean isAcquitted() {
            return pathIsAcquitted;
        }

        @Override
        public boolean hasHadTime() {
            return peerHasHadTime;
        }

        @Override
        public void reconnected() {
            relocations.incrementAndGet();
        }
    };

    final Deferral armed() {
        Deferral deferral = Deferral.armed(socket, REMOTE, path);
        deferral.arm(false);
        socket.takeCalls();
        return deferral;
    }

    /** The first flight's SYN was answered by a reset. */
    final Deferral reconnectingWithFlight() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.answering(FakeTcpSocket.CLOSED);
        deferral.poll();
        socket.answering(FakeTcpSocket.SYN_SENT);
        socket.takeSent();
        socket.takeCalls();
        assertThat(deferral.phase()).isEqualTo(Phase.RECONNECTING);
        return deferral;
    }

    /** The peer answers the SYN that left last: what is sent then. */
    final byte[] answerAndTakeSent(Deferral deferral) {
        socket.answering(TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 0, ORDINARY_RTT_MICROS));
        deferral.poll();
        return socket.takeSent();
    }

    /** An attempt in a phase; the calls that led there are forgotten. */
    final Deferral in(Phase phase, FakeTcpSocket socket) {
        Deferral deferral = phase == Phase.WATCHED ? Deferral.watched(socket, REMOTE, path) : Deferral.armed(socket, REMOTE, path);
        switch (phase) {
            case WATCHED:
                break;
            case ARMED:
                deferral.arm(false);
                break;
            case ASKED, ASKING_AGAIN, ANSWERED:
                deferral.arm(false);
                deferral.asked();
                leaveAsked(deferral, phase, socket);
                break;
            case CLOSED:
                deferral.close(false);
                break;
            case UNPROVEN, COMPARED:
                becomeUnproven(deferral, phase, socket);
                break;
            default:
                deferral.arm(false);
                deferral.held();
                leaveHeld(deferral, phase, socket);
        }
        socket.takeCalls();
        assertThat(deferral.phase()).isEqualTo(phase);
        return deferral;
    }

    /** The SYN's data was taken, and nothing follows; in the end nor does it over an ordinary connection. */
    private void becomeUnproven(Deferral deferral, Phase phase, FakeTcpSocket socket) {
        pathIsProven = false;
        deferral.arm(false);
        deferral.held();
        deferral.sendFirstFlight(FLIGHT);
        socket.answering(ACCEPTED);
        deferral.poll();
        if (phase == Phase.COMPARED) {
            deferral.endPatience();
            deferral.poll();
        }
        socket.takeSent();
    }

    private static void leaveAsked(Deferral deferral, Phase phase, FakeTcpSocket socket) {
        if (phase != Phase.ASKED) {
            socket.answering(phase == Phase.ANSWERED ? FakeTcpSocket.ESTABLISHED : FakeTcpSocket.CLOSED);
            deferral.poll();
            socket.answering(FakeTcpSocket.SYN_SENT);
        }
    }

    private static void leaveHeld(Deferral deferral, Phase phase, FakeTcpSocket socket) {
        if (phase == Phase.HELD) {
            return;
        }
        deferral.release(Outcome.WINDOW_ELAPSED);
        if (phase != Phase.SYN_SENT) {
            socket.answering(phase == Phase.ESTABLISHED ? FakeTcpSocket.ESTABLISHED : FakeTcpSocket.CLOSED);
            deferral.poll();
            if (phase == Phase.FAILED) {
                deferral.poll();
            }
            socket.answering(FakeTcpSocket.SYN_SENT);
        }
    }
}
