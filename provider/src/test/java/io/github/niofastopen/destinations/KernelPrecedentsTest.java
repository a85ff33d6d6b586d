// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.linux.NetlinkUnavailableException;
import io.github.niofastopen.linux.Route;
import io.github.niofastopen.linux.TcpMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of what the kernel answers, or doesn't. */
class KernelPrecedentsTest {
    private static final InetAddress LOCAL = address("198.51.100.7");
    private static final InetAddress REMOTE = address("192.0.2.1");
    private static final int AGE_MILLIS = 1300;
    private static final int RTT_MICROS = 51_448;

    /** A TcpMetrics, an IOException, or null for nothing known. */
    private final Deque<Optional<?>> answers = new ArrayDeque<>();

    private boolean mtuTold;

    private final OwnAddresses ownAddresses = new OwnAddresses(System::nanoTime) {
        @Override
        Route routeTo(InetAddress address) {
            return new Route(LOCAL, false, 1, 1400, mtuTold);
        }
    };
    private final KernelPrecedents precedents = new KernelPrecedents(ownAddresses) {
        @Override
        Optional<TcpMetrics> metricsOf(InetAddress remote) throws IOException {
            Object answer = answers.remove().orElse(null);
            if (answer instanceof IOException failure) {
                throw failure;
            }
            return Optional.ofNullable((TcpMetrics) answer);
        }
    };

    @Test
    void onePathsLossesItsAgeAndItsRoundTripTimeComeWithTheSameAnswer() {
        answers.add(Optional.of(metrics(2, 1508)));

        assertThat(precedents.of(REMOTE)).contains(new Precedents.Precedent(LOCAL, AGE_MILLIS, RTT_MICROS, 2, 1508));
        assertThat(answers).isEmpty();
    }

    @Test
    void aPathThatHasLostNothingHasARoundTripTimeAllTheSame() {
        answers.add(Optional.of(metrics(0, -1)));

        assertThat(precedents.of(REMOTE)).contains(new Precedents.Precedent(LOCAL, AGE_MILLIS, RTT_MICROS, 0, 0));
    }

    @Test
    void synsThatAPathMayHaveTakenForTooLongSpeakAgainstNothing() {
        mtuTold = true;
        answers.add(Optional.of(metrics(2, 1508)));

        assertThat(precedents.of(REMOTE)).map(Precedents.Precedent::lostSyns).contains(0);
    }

    @Test
    void aDestinationThatTheKernelDoesNotKnowHasNone() {
        answers.add(Optional.empty());

        assertThat(precedents.of(REMOTE)).isEmpty();
    }

    @Test
    void aFailureThatPassesIsForgotten() {
        // given
        answers.add(Optional.of(new IOException("socket(AF_NETLINK): EMFILE")));
        answers.add(Optional.of(metrics(1, 0)));

        // when
        Optional<Precedents.Precedent> first = precedents.of(REMOTE);
        Optional<Precedents.Precedent> then = precedents.of(REMOTE);

        // then
        assertThat(first).isEmpty();
        assertThat(then).isPresent();
    }

    @Test
    void whereThisProcessIsNeverToldItAsksOnce() {
        // given: one answer, which a second question would find gone
        answers.add(Optional.of(new NetlinkUnavailableException(new IOException("refused"))));

        // when
        Optional<Precedents.Precedent> first = precedents.of(REMOTE);
        Optional<Precedents.Precedent> then = precedents.of(REMOTE);

        // then
        assertThat(first).isEmpty();
        assertThat(then).isEmpty();
    }

    private static TcpMetrics metrics(int synDrops, long sinceSynDropMillis) {
        return new TcpMetrics(REMOTE, LOCAL, AGE_MILLIS, RTT_MICROS, "06df52198f26a892", 1460, synDrops, sinceSynDropMillis);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal + " is no literal address", e);
        }
    }
}
