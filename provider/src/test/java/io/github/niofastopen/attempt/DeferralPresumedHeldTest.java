// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpInfo.ClientFail;
import io.github.niofastopen.outcome.Outcome;
import org.junit.jupiter.api.Test;

/** A blocking connect that is taken for held before the kernel was asked. */
class DeferralPresumedHeldTest extends DeferralFixture {
    @Test
    void aBlockingConnectWithACookieIsTakenForHeldBeforeTheKernelIsAsked() {
        Deferral deferral = armedInBlockingMode();

        deferral.heldUnlessEstablished(true);
        Phase held = deferral.phase();
        deferral.sendFirstFlight(FLIGHT);
        socket.answering(TcpInfo.of(1, true, ClientFail.UNSPECIFIED, 0, 40_000));
        deferral.poll();

        assertThat(held).isEqualTo(Phase.HELD);
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(socket.takeCalls()).containsExactly(Call.SEND, Call.INFO);
    }

    @Test
    void aConnectionThatWasWronglyTakenForHeldHadNoCookie() {
        Deferral deferral = takenForHeldButEstablished();

        int taken = deferral.sendFirstFlight(FLIGHT);
        deferral.poll();

        assertThat(taken).isEqualTo(FLIGHT.length);
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(socket.takeSent()).isEqualTo(FLIGHT);
    }

    @Test
    void aConnectionThatWasWronglyTakenForHeldMayBeginWithoutAClientHello() {
        Deferral deferral = takenForHeldButEstablished();

        boolean released = deferral.release(Outcome.NOT_TLS);

        assertThat(released).isTrue();
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(socket.takeCalls()).as("nothing that would take the connection's error").containsExactly(Call.INFO);
    }

    @Test
    void aConnectionThatWasWronglyTakenForHeldAndIsClosedAfterItsFirstFlightHadNoCookie() {
        Deferral deferral = takenForHeldButEstablished();
        deferral.sendFirstFlight(FLIGHT);

        Phase before = deferral.close(false);

        assertThat(before).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(deferral.wasNeverHeld()).isTrue();
    }

    /** Where the kernel doesn't say why there was no cookie: tcpi_fastopen_client_fail is there since 5.5. */
    @Test
    void aConnectionThatWasWronglyTakenForHeldIsKnownByHavingBeenAnsweredTooSoon() {
        socket.answering(TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 0, 40_000));
        Deferral deferral = armedInBlockingMode();
        deferral.heldUnlessEstablished(true);

        deferral.release(Outcome.WINDOW_ELAPSED);

        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(deferral.wasNeverHeld()).isTrue();
    }

    @Test
    void aConnectionThatWasWronglyTakenForHeldKeepsItsOwnError() {
        socket.answering(Call.SEND, Errno.ECONNRESET.asResult());
        Deferral deferral = takenForHeldButEstablished();

        int taken = deferral.sendFirstFlight(FLIGHT);
        deferral.poll();

        assertThat(taken).isZero();
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(socket.takeCalls()).doesNotContain(Call.DISCONNECT, Call.CONNECT);
    }

    @Test
    void aConnectionThatWasWronglyTakenForHeldLingersAsItWasTold() {
        Deferral deferral = takenForHeldButEstablished();

        Phase before = deferral.close(false);

        assertThat(before).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(socket.takeCalls()).doesNotContain(Call.LINGER_NOT);
    }

    @Test
    void aSynThatWasRightlyTakenForHeldNeverLingers() {
        Deferral deferral = armedInBlockingMode();
        deferral.heldUnlessEstablished(true);

        deferral.close(false);

        assertThat(socket.takeCalls()).contains(Call.LINGER_NOT);
    }

    private Deferral takenForHeldButEstablished() {
        socket.answering(TcpInfo.of(1, false, ClientFail.COOKIE_UNAVAILABLE, 0, 40_000));
        Deferral deferral = armedInBlockingMode();
        deferral.heldUnlessEstablished(true);
        return deferral;
    }
}
