// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.linux.TcpInfo.ClientFail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpInfoTest {
    private static final int LONGEST_RTT = (1 << 30) - 1;

    @ParameterizedTest
    @CsvSource(textBlock = """
        1, false, false
        2, true,  false
        4, false, false
        7, false, true
        8, false, false
        """)
    void aStateIsThatOfIncludeNetTcpStates(int state, boolean synSent, boolean closed) {
        TcpInfo info = TcpInfo.of(state, false, ClientFail.UNSPECIFIED, 0, 0);

        assertThat(info.isSynSent()).isEqualTo(synSent);
        assertThat(info.isClosed()).isEqualTo(closed);
    }

    /** As tcp_socket.c packs it. */
    @Test
    void thePackedFormIsTheOneOfTheNativeCode() {
        TcpInfo info = new TcpInfo(1 | 1 << 4 | 3 << 5 | 1 << 7 | 5 << 9 | 301 << 17 | 49_731L << 32);

        assertThat(info.isSynSent()).isFalse();
        assertThat(info.isClosed()).isFalse();
        assertThat(info.synDataAcknowledged()).isTrue();
        assertThat(info.clientFail()).isEqualTo(ClientFail.SYN_RETRANSMITTED);
        assertThat(info.retransmissions()).isEqualTo(5);
        assertThat(info.acknowledgedBytes()).isEqualTo(301);
        assertThat(info.hasReceived()).isTrue();
        assertThat(info.hasUnacknowledged()).isFalse();
        assertThat(info.rttMicros()).isEqualTo(49_731);
    }

    @ParameterizedTest
    @CsvSource({"0, false, false", "1, true, false", "301, false, true", "32767, true, true"})
    void whatHasPassedChangesNothingElse(int acknowledged, boolean received, boolean unacknowledged) {
        TcpInfo info = TcpInfo.of(1, true, ClientFail.DATA_NOT_ACKED, 255, LONGEST_RTT)
            .afterPassing(acknowledged, received, unacknowledged);

        assertThat(info.acknowledgedBytes()).isEqualTo(acknowledged);
        assertThat(info.wasAnswered()).isEqualTo(acknowledged > 0);
        assertThat(info.hasReceived()).isEqualTo(received);
        assertThat(info.hasUnacknowledged()).isEqualTo(unacknowledged);
        assertThat(info.synDataAcknowledged()).isTrue();
        assertThat(info.clientFail()).isEqualTo(ClientFail.DATA_NOT_ACKED);
        assertThat(info.retransmissions()).isEqualTo(255);
        assertThat(info.rttMicros()).isEqualTo(LONGEST_RTT);
    }

    @Test
    void aSegmentThatArrivesBeforeOneThatPrecedesItHasArrived() {
        TcpInfo before = TcpInfo.of(1, true, ClientFail.UNSPECIFIED, 0, LONGEST_RTT);

        TcpInfo after = before.afterGap();

        assertThat(before.hasReceivedOutOfOrder()).isFalse();
        assertThat(before.hasReceivedAnything()).isFalse();
        assertThat(after.hasReceivedOutOfOrder()).isTrue();
        assertThat(after.hasReceivedAnything()).isTrue();
        assertThat(after.hasReceived()).isFalse();
        assertThat(after.rttMicros()).isEqualTo(LONGEST_RTT);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPackedIsUnpacked(ClientFail clientFail) {
        TcpInfo info = TcpInfo.of(8, true, clientFail, 7, 50_000);

        assertThat(info.isClosed()).isFalse();
        assertThat(info.synDataAcknowledged()).isTrue();
        assertThat(info.clientFail()).isEqualTo(clientFail);
        assertThat(info.retransmissions()).isEqualTo(7);
        assertThat(info.rttMicros()).isEqualTo(50_000);
    }

    @Test
    void theLargestValuesStayInTheirPlaces() {
        TcpInfo info = TcpInfo.of(2, true, ClientFail.SYN_RETRANSMITTED, 255, LONGEST_RTT);

        assertThat(info.isSynSent()).isTrue();
        assertThat(info.isClosed()).isFalse();
        assertThat(info.clientFail()).isEqualTo(ClientFail.SYN_RETRANSMITTED);
        assertThat(info.retransmissions()).isEqualTo(255);
        assertThat(info.rttMicros()).isEqualTo(LONGEST_RTT);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -9, -38, -107, -254})
    void anErrorIsAClosedConnectionOfWhichNothingIsKnown(long error) {
        TcpInfo info = new TcpInfo(error);

        assertThat(info.isUnknown()).isTrue();
        assertThat(info.isClosed()).isTrue();
        assertThat(info.isSynSent()).isFalse();
        assertThat(info.synDataAcknowledged()).isFalse();
        assertThat(info.clientFail()).isEqualTo(ClientFail.UNSPECIFIED);
        assertThat(info.retransmissions()).isZero();
        assertThat(info.acknowledgedBytes()).isZero();
        assertThat(info.hasReceivedAnything()).isFalse();
        assertThat(info.hasUnacknowledged()).isFalse();
        assertThat(info.rttMicros()).isZero();
    }

    @Test
    void aClosedConnectionIsKnown() {
        assertThat(TcpInfo.of(7, false, ClientFail.UNSPECIFIED, 0, 0).isUnknown()).isFalse();
    }
}
