// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.outcome.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other processes have met on a path. */
class PrecedentsTest {
    private static final InetAddress LOCAL = address("198.51.100.7");
    private static final InetAddress FORMER_LOCAL = address("198.51.100.8");
    private static final InetAddress REMOTE = address("192.0.2.1");
    private static final long MINUTE_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final AtomicLong clock = new AtomicLong();
    private final Map<InetAddress, Precedents.Precedent> precedents = new HashMap<>();
    private final List<InetAddress> asked = new ArrayList<>();
    private final PathMemory paths = new PathMemory(new Local(), clock::get, this::ask);

    private static final class Local implements LocalAddresses {
        @Override
        public boolean test(InetAddress address) {
            return LOCAL.equals(address);
        }

        @Override
        public InetAddress towards(InetAddress remote) {
            return LOCAL;
        }
    }

    private Optional<Precedents.Precedent> ask(InetAddress remote) {
        asked.add(remote);
        return Optional.ofNullable(precedents.get(remote));
    }

    /** A question of whoever goes on to try where the answer is no. */
    private boolean avoid(InetAddress remote) {
        InetSocketAddress destination = new InetSocketAddress(remote, 443);
        return paths.avoids(destination, null) || !paths.takeTurn(destination, null);
    }

    private void learn(InetAddress local, InetAddress remote, Outcome outcome, int rttMicros) {
        paths.learn(() -> local, new InetSocketAddress(remote, 443), outcome, rttMicros);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 7", "2, 3, 17", "3, 0, 40", "9, 60, 1380", "1000, 0, 1440"})
    void aPathThatLostSynsOfOthersIsAvoidedForAsLongAsIfTheyHadBeenOurs(int inARow, int sinceMinutes, int minutesLeft) {
        // given
        precedents.put(REMOTE, lostSyns(LOCAL, inARow, sinceMinutes * MINUTE_MILLIS));

        // when
        boolean atOnce = avoid(REMOTE);
        clock.addAndGet(TimeUnit.MINUTES.toNanos(minutesLeft) - 1);
        boolean justBefore = avoid(REMOTE);
        clock.addAndGet(1);
        boolean then = avoid(REMOTE);

        // then
        assertThat(List.of(atOnce, justBefore, then)).containsExactly(true, true, false);
    }

    @Test
    void wherePausesAreOverOneConnectionTriesAndAFailureDoublesThePause() {
        // given
        precedents.put(REMOTE, lostSyns(LOCAL, 1, 10 * MINUTE_MILLIS));

        // when
        boolean first = avoid(REMOTE);
        boolean second = avoid(REMOTE);
        learn(LOCAL, REMOTE, Outcome.HEDGED, 0);
        clock.addAndGet(TimeUnit.MINUTES.toNanos(20) - 1);

        // then
        assertThat(List.of(first, second, avoid(REMOTE))).containsExactly(false, true, true);
    }

    @Test
    void whatWasLostFromAnAddressThatThisMachineHasNoMoreIsOfNoAccount() {
        precedents.put(REMOTE, lostSyns(FORMER_LOCAL, 1, 0));

        assertThat(avoid(REMOTE)).isFalse();
    }

    @Test
    void eachDestinationIsAskedForOnceAndNoneThatWeKnow() {
        // given
        InetAddress cleared = address("192.0.2.2");
        InetAddress failed = address("192.0.2.3");
        learn(LOCAL, cleared, Outcome.ACCEPTED, 0);
        learn(LOCAL, failed, Outcome.RESET, 0);

        // when
        for (InetAddress remote : List.of(REMOTE, cleared, failed, REMOTE)) {
            avoid(remote);
        }

        // then
        assertThat(asked).containsExactly(REMOTE);
    }

    @Test
    void whatWasForgottenOnRequestIsNotRecalled() {
        // given
        precedents.put(REMOTE, lostSyns(LOCAL, 1, 0));
        avoid(REMOTE);

        // when
        paths.forgetAll();

        // then
        assertThat(avoid(REMOTE)).isFalse();
    }

    @Test
    void theMemoryOfWhoWasAskedForIsBounded() {
        // when: one more than are kept
        for (int i = 0; i <= Bounded.MAX_REMEMBERED; i++) {
            avoid(address("10.0." + i / 256 + "." + i % 256));
        }
        avoid(address("10.0.0.0"));

        // then: the first is asked for again
        assertThat(asked).hasSize(Bounded.MAX_REMEMBERED + 2);
    }

    @Test
    void theRoundTripTimeIsThatOfOthersUntilThereIsOneOfOurs() {
        // given
        precedents.put(REMOTE, new Precedents.Precedent(LOCAL, 0, 80_000, 0, 0));

        // when
        boolean avoided = avoid(REMOTE);
        int atFirst = paths.rttMicros(REMOTE);
        learn(LOCAL, REMOTE, Outcome.ACCEPTED, 50_000);

        // then
        assertThat(avoided).isFalse();
        assertThat(List.of(atFirst, paths.rttMicros(REMOTE))).containsExactly(80_000, 50_000);
    }

    private static Precedents.Precedent lostSyns(InetAddress local, int inARow, long sinceMillis) {
        return new Precedents.Precedent(local, 0, 0, inARow, sinceMillis);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal + " is no literal address", e);
        }
    }
}
