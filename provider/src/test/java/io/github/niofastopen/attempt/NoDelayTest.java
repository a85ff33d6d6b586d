// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niofastopen.destinations.Verdict;
import io.github.niofastopen.linux.TcpInfo;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When TCP_NODELAY is on, where a handshake is to have it, and what the application is told. */
class NoDelayTest extends AttemptFixture {
    private static final TcpInfo UNACKNOWLEDGED = ACCEPTED.afterPassing(1, true, true);
    private static final TcpInfo ACKNOWLEDGED = ACCEPTED.afterPassing(100, true, false);
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;

    NoDelayTest() {
        properties.setProperty("niofastopen.noDelay", "handshake");
    }

    @Test
    void itIsOffUntilTheClientHelloIsWritten() {
        held();

        assertThat(endpoint.noDelay).isFalse();
    }

    @Test
    void itIsOnFromTheClientHelloUntilTheRequestIsAcknowledged() throws IOException {
        Attempt attempt = held();

        // when: TLS 1.3
        write(attempt, HELLO);
        boolean inHandshake = endpoint.noDelay;
        socket.answering(UNACKNOWLEDGED);
        read(attempt);
        write(attempt, record(CHANGE_CIPHER_SPEC, 1));
        write(attempt, record(APPLICATION_DATA, 69));
        write(attempt, record(APPLICATION_DATA, 300));
        boolean withRequest = endpoint.noDelay;
        socket.answering(ACKNOWLEDGED);
        read(attempt);
        boolean withResponse = endpoint.noDelay;
        read(attempt);

        // then
        assertThat(inHandshake).isTrue();
        assertThat(withRequest).isTrue();
        assertThat(withResponse).isFalse();
        assertThat(endpoint.dropped).isTrue();
    }

    @Test
    void aRequestThatComesALongTimeAfterTheHandshakeNeedsNoHelp() throws IOException {
        Attempt attempt = finished();
        socket.answering(ACKNOWLEDGED);

        write(attempt, record(APPLICATION_DATA, 300));

        assertThat(endpoint.noDelay).isFalse();
        assertThat(endpoint.dropped).isTrue();
    }

    @Test
    void whatTheServerSendsBeforeItHasSeenTheFinishedDoesNotEndIt() throws IOException {
        Attempt attempt = finished();

        read(attempt);

        assertThat(endpoint.noDelay).isTrue();
    }

    @Test
    void whatIsAcknowledgedBeforeAnythingIsEncryptedDoesNotEndIt() throws IOException {
        // given: TLS 1.2, where a round trip lies between the client's last messages and the request
        Attempt attempt = held();
        write(attempt, HELLO);
        socket.answering(ACKNOWLEDGED);
        read(attempt);

        // when
        write(attempt, record(HANDSHAKE, 37));
        write(attempt, record(CHANGE_CIPHER_SPEC, 1));
        write(attempt, record(HANDSHAKE, 40));

        // then
        assertThat(endpoint.noDelay).isTrue();
    }

    @Test
    void thoseWhoWriteOnAndOnHaveItNoLongerThanTheFirstCongestionWindow() throws IOException {
        Attempt attempt = finished();

        for (int i = 0; i < 15; i++) {
            assertThat(endpoint.noDelay).as("write " + i).isTrue();
            write(attempt, record(APPLICATION_DATA, 1100));
        }

        assertThat(endpoint.noDelay).isFalse();
        assertThat(endpoint.dropped).isTrue();
    }

    @Test
    void whatIsNoRecordOfTlsEndsIt() throws IOException {
        Attempt attempt = held();
        write(attempt, HELLO);
        socket.answering(UNACKNOWLEDGED);

        write(attempt, "QUIT".getBytes());

        assertThat(endpoint.noDelay).isFalse();
    }

    @Test
    void aConnectionThatDoesNotBeginWithAClientHelloNeverHasIt() throws IOException {
        Attempt attempt = held();
        endpoint.whileParked = () -> socket.answering(UNACKNOWLEDGED);

        write(attempt, new byte[] {1, 2, 3});

        assertThat(endpoint.noDelay).isFalse();
        assertThat(attempt.noDelay().isInCharge()).isFalse();
        assertThat(endpoint.dropped).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"WATCH", "NOT_GRANTED", "AVOID", "FLIGHT_TOO_LARGE", "UNSUPPORTED"})
    void connectionsThatAreNotDeferredHaveItToo(Verdict verdict) throws IOException {
        Attempt attempt = new Attempt(attempts(), endpoint, socket, REMOTE, verdict);
        attempt.endConnect(true);

        write(attempt, HELLO);

        assertThat(attempts().learnsFrom(REMOTE, verdict)).isTrue();
        assertThat(endpoint.noDelay).isTrue();
        assertThat(endpoint.dropped).isFalse();
    }

    @Test
    void thoseThatAreLeftAloneAreLeftAlone() {
        assertThat(attempts().learnsFrom(REMOTE, Verdict.LEAVE_ALONE)).isFalse();
    }

    @Test
    void withoutTheSettingNothingIsDone() throws IOException {
        properties.remove("niofastopen.noDelay");
        Attempt attempt = held();

        write(attempt, HELLO);

        assertThat(attempt.noDelay()).isNull();
        assertThat(endpoint.noDelay).isFalse();
        assertThat(attempts().learnsFrom(REMOTE, Verdict.NOT_GRANTED)).isFalse();
    }

    // -- the application's own value

    @Test
    void anApplicationThatHasSetItIsLeftAlone() throws IOException {
        Attempt attempt = held();
        endpoint.noDelay = true;

        write(attempt, HELLO);

        assertThat(attempt.noDelay().isInCharge()).isFalse();
        assertThat(endpoint.noDelay).isTrue();
    }

    @Test
    void theApplicationIsToldItsOwnValue() throws IOException {
        Attempt attempt = held();

        write(attempt, HELLO);

        assertThat(attempt.noDelay().get()).isFalse();
        assertThat(endpoint.noDelay).isTrue();
    }

    @Test
    void setDuringTheHandshakeItStays() throws IOException {
        Attempt attempt = finished();

        attempt.noDelay().set(true);
        boolean told = attempt.noDelay().get();
        socket.answering(ACKNOWLEDGED);
        write(attempt, record(APPLICATION_DATA, 300));

        assertThat(told).isTrue();
        assertThat(endpoint.noDelay).isTrue();
        assertThat(endpoint.dropped).isTrue();
    }

    @Test
    void clearedDuringTheHandshakeItIsOffAfterwards() throws IOException {
        Attempt attempt = finished();

        attempt.noDelay().set(false);
        boolean kept = endpoint.noDelay;
        socket.answering(ACKNOWLEDGED);
        read(attempt);

        assertThat(kept).isTrue();
        assertThat(endpoint.noDelay).isFalse();
    }

    @Test
    void whatWasSetAndClearedIsClearedAtOnce() throws IOException {
        Attempt attempt = finished();

        attempt.noDelay().set(true);
        attempt.noDelay().set(false);

        assertThat(endpoint.noDelay).isFalse();
        assertThat(attempt.noDelay().get()).isFalse();
    }

    @Test
    void aClosedSocketIsOneStill() throws IOException {
        Attempt attempt = finished();
        endpoint.open = false;

        assertThatThrownBy(() -> attempt.noDelay().set(false)).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> attempt.noDelay().get()).isInstanceOf(SocketException.class);
    }

    /** One whose Finished message has left, and isn't acknowledged. */
    private Attempt finished() throws IOException {
        Attempt attempt = held();
        write(attempt, HELLO);
        socket.answering(UNACKNOWLEDGED);
        read(attempt);
        write(attempt, record(CHANGE_CIPHER_SPEC, 1));
        write(attempt, record(APPLICATION_DATA, 69));
        return attempt;
    }

    private static byte[] record(int type, int length) {
        byte[] record = new byte[5 + length];
        record[0] = (byte) type;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (length >> 8);
        record[4] = (byte) length;
        return record;
    }

    /** As the JDK's sockets write: the buffer's position stays. */
    private void write(Attempt attempt, byte[] bytes) throws IOException {
        attempt.exchange().write(new ByteBuffer[] {ByteBuffer.wrap(bytes)}, 0, 1, () -> bytes.length);
    }

    private void read(Attempt attempt) throws IOException {
        attempt.exchange().read(true, FirstExchange.NO_DEADLINE, until -> 1);
    }
}
