// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.niofastopen.outcome.Outcome;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PathsTest {
    private static final InetAddress LOCAL = address("198.51.100.7");
    private static final InetAddress OTHER_LOCAL = address("198.51.100.8");
    private static final InetAddress REMOTE = address("192.0.2.1");
    private static final InetAddress OTHER = address("192.0.2.2");
    private static final InetAddress THIRD = address("192.0.2.3");
    private static final InetAddress UNKNOWN = address("192.0.2.99");
    private static final long FIRST_PAUSE = TimeUnit.MINUTES.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.HOURS.toNanos(24);

    /** Close to the overflow that System.nanoTime may have. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Set<InetAddress> own = ConcurrentHashMap.newKeySet();
    private final Paths paths = new Paths(own::contains, clock::get, remote -> Optional.empty());

    PathsTest() {
        own.add(LOCAL);
        own.add(OTHER_LOCAL);
    }

    // -- one destination

    @Test
    void nothingIsAvoidedAtFirst() {
        assertThat(paths.avoid(REMOTE)).isFalse();
        assertThat(paths.isCleared(REMOTE)).isFalse();
        assertThat(paths.hasFailures()).isFalse();
        assertThat(paths.rttMicros(REMOTE)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"SYN_RESENT", "HEDGED", "RESET"})
    void aPathThatFailsIsAvoidedForTenMinutes(Outcome outcome) {
        paths.learn(LOCAL, REMOTE, outcome, 0);

        boolean atOnce = paths.avoid(REMOTE);
        clock.addAndGet(FIRST_PAUSE - 1);
        boolean justBefore = paths.avoid(REMOTE);
        clock.addAndGet(1);
        boolean then = paths.avoid(REMOTE);

        assertThat(atOnce).isTrue();
        assertThat(justBefore).isTrue();
        assertThat(then).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_TLS", "WINDOW_ELAPSED", "AVOIDED", "UNSUPPORTED", "NOT_SENT"})
    void whatIsNoFaultOfThePathNeitherBlamesNorClearsIt(Outcome outcome) {
        fail(OTHER);

        paths.learn(LOCAL, REMOTE, outcome, 0);
        paths.learn(LOCAL, OTHER, outcome, 0);

        assertThat(paths.avoid(REMOTE)).isFalse();
        assertThat(paths.isCleared(REMOTE)).isFalse();
        assertThat(paths.avoid(OTHER)).isTrue();
    }

    @Test
    void otherDestinationsAreNotAvoided() {
        fail(REMOTE);

        assertThat(paths.avoid(OTHER)).isFalse();
    }

    @Test
    void aDestinationWithoutAnyConnectionIsAvoidedToo() {
        paths.learn(LOCAL, REMOTE, Outcome.NOT_CONNECTED, 0);

        assertThat(paths.avoid(REMOTE)).isTrue();
        assertThat(paths.avoid(OTHER)).isFalse();
    }

    @Test
    void eachFailedTrialDoublesThePauseUpToADay() {
        long expected = FIRST_PAUSE;
        fail(REMOTE);

        for (int i = 0; i < 12; i++) {
            assertThat(nanosUntilTrial(REMOTE)).as("pause " + i).isEqualTo(expected);
            fail(REMOTE);
            expected = Math.min(2 * expected, LONGEST_PAUSE);
        }

        assertThat(expected).isEqualTo(LONGEST_PAUSE);
    }

    @Test
    void oneConnectionTriesWhenThePauseIsOverAndTheOthersKeepAvoiding() {
        fail(REMOTE);
        clock.addAndGet(FIRST_PAUSE);

        List<Boolean> avoided = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            avoided.add(paths.avoid(REMOTE));
        }

        assertThat(avoided).containsExactly(false, true, true, true, true);
    }

    @Test
    void aTrialOfWhichNothingIsHeardIsFollowedByAnother() {
        fail(REMOTE);
        clock.addAndGet(FIRST_PAUSE);
        paths.avoid(REMOTE);

        clock.addAndGet(Paths.TRIAL_NANOS - 1);
        boolean justBefore = paths.avoid(REMOTE);
        clock.addAndGet(1);
        boolean then = paths.avoid(REMOTE);
        boolean next = paths.avoid(REMOTE);

        assertThat(justBefore).isTrue();
        assertThat(then).isFalse();
        assertThat(next).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "TOO_LARGE", "DATA_NOT_ACKNOWLEDGED"})
    void aSuccessClearsThePath(Outcome outcome) {
        fail(REMOTE);

        paths.learn(LOCAL, REMOTE, outcome, 0);

        assertThat(paths.avoid(REMOTE)).isFalse();
        assertThat(paths.avoid(REMOTE)).isFalse();
        assertThat(paths.hasFailures()).isFalse();
        assertThat(paths.isCleared(REMOTE)).isTrue();
        assertThat(paths.isCleared(OTHER)).isFalse();
    }

    @Test
    void aCookieThatWasGrantedSaysNothingOfSynsWithData() {
        fail(REMOTE);

        paths.learn(LOCAL, REMOTE, Outcome.NO_COOKIE, 0);

        assertThat(paths.avoid(REMOTE)).isTrue();
        assertThat(paths.isCleared(REMOTE)).isTrue();
    }

    @Test
    void afterASuccessThePausesBeginAnew() {
        fail(REMOTE);
        clock.addAndGet(FIRST_PAUSE);
        paths.avoid(REMOTE);
        fail(REMOTE);

        succeed(REMOTE);
        fail(REMOTE);

        assertThat(nanosUntilTrial(REMOTE)).isEqualTo(FIRST_PAUSE);
    }

    @ParameterizedTest
    @EnumSource(names = {"SYN_RESENT", "HEDGED", "RESET"})
    void aFailureTakesTheClearanceBack(Outcome outcome) {
        succeed(REMOTE);

        paths.learn(LOCAL, REMOTE, outcome, 0);

        assertThat(paths.isCleared(REMOTE)).isFalse();
        assertThat(paths.hasFailures()).isTrue();
    }

    @Test
    void connectionsThatWereUnderWayTogetherFailOnce() {
        for (int i = 0; i < 20; i++) {
            fail(REMOTE);
        }

        assertThat(nanosUntilTrial(REMOTE)).isEqualTo(FIRST_PAUSE);
    }

    @Test
    void aDestinationIsKnownByItsAddressWhateverItsName() throws UnknownHostException {
        paths.learn(LOCAL, InetAddress.getByAddress("one.example", REMOTE.getAddress()), Outcome.RESET, 70);

        InetAddress byOtherName = InetAddress.getByAddress("two.example", REMOTE.getAddress());
        assertThat(paths.avoid(byOtherName)).isTrue();
        assertThat(paths.rttMicros(byOtherName)).isEqualTo(70);
    }

    // -- the local address

    @Test
    void aPathFromAnAddressThatIsGoneIsOfNoAccount() {
        fail(REMOTE);
        own.remove(LOCAL);

        boolean gone = paths.avoid(REMOTE);
        own.add(LOCAL);
        boolean back = paths.avoid(REMOTE);

        assertThat(gone).isFalse();
        assertThat(back).isTrue();
    }

    @Test
    void aFailureFromAnotherAddressBeginsWithAShortPause() {
        fail(REMOTE);
        clock.addAndGet(FIRST_PAUSE);
        paths.avoid(REMOTE);
        fail(REMOTE);
        own.remove(LOCAL);

        paths.learn(OTHER_LOCAL, REMOTE, Outcome.HEDGED, 0);

        assertThat(nanosUntilTrial(REMOTE)).isEqualTo(FIRST_PAUSE);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownLocalAddressIsBlamedForNothing(Outcome outcome) {
        assertThatNoException().isThrownBy(() -> paths.learn(null, REMOTE, outcome, 50_000));

        assertThat(paths.avoid(REMOTE)).isFalse();
        assertThat(paths.hasFailures()).isFalse();
        assertThat(paths.rttMicros(REMOTE)).isEqualTo(50_000);
        assertThat(paths.isCleared(REMOTE)).isEqualTo(outcome.carriesOption());
    }

    @Test
    void aSuccessFromAnUnknownLocalAddressClearsItsDestination() {
        fail(REMOTE);

        paths.learn(null, REMOTE, Outcome.ACCEPTED, 0);

        assertThat(paths.avoid(REMOTE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"SYN_RESENT", "HEDGED", "RESET"})
    void aFailureFromAnUnknownLocalAddressTakesTheClearanceBack(Outcome outcome) {
        succeed(REMOTE);

        paths.learn(null, REMOTE, outcome, 0);

        assertThat(paths.isCleared(REMOTE)).isFalse();
    }

    // -- the local network

    @Test
    void threeDestinationsThatFailInARowMakeAllAvoided() {
        fail(REMOTE);
        fail(OTHER);
        boolean afterTwo = paths.avoid(UNKNOWN);
        fail(THIRD);
        boolean afterThree = paths.avoid(UNKNOWN);

        assertThat(afterTwo).isFalse();
        assertThat(afterThree).isTrue();
    }

    @Test
    void oneDestinationThatFailsThreeTimesIsNotTheNetwork() {
        fail(REMOTE);
        fail(REMOTE);
        fail(OTHER);
        fail(REMOTE);

        assertThat(paths.avoid(UNKNOWN)).isFalse();
    }

    @Test
    void aSuccessInBetweenResetsTheCount() {
        fail(REMOTE);
        fail(OTHER);
        succeed(UNKNOWN);
        fail(THIRD);
        boolean afterOne = paths.avoid(UNKNOWN);
        fail(REMOTE);
        boolean afterTwo = paths.avoid(UNKNOWN);
        fail(OTHER);
        boolean afterThree = paths.avoid(UNKNOWN);

        assertThat(afterOne).isFalse();
        assertThat(afterTwo).isFalse();
        assertThat(afterThree).isTrue();
    }

    @Test
    void aSuccessFromAnotherAddressDoesNotResetTheCount() {
        fail(REMOTE);
        fail(OTHER);
        paths.learn(OTHER_LOCAL, UNKNOWN, Outcome.ACCEPTED, 0);
        fail(THIRD);

        assertThat(paths.avoid(UNKNOWN)).isTrue();
    }

    @Test
    void failuresFromDifferentAddressesAreNotOneNetworks() {
        fail(REMOTE);
        fail(OTHER);
        paths.learn(OTHER_LOCAL, THIRD, Outcome.HEDGED, 0);

        assertThat(paths.avoid(UNKNOWN)).isFalse();
    }

    @Test
    void failuresWithoutALocalAddressAreNoNetworks() {
        for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
            paths.learn(null, remote, Outcome.HEDGED, 0);
        }

        assertThat(paths.avoid(UNKNOWN)).isFalse();
    }

    @Test
    void deadDestinationsAreNoFaultOfTheNetwork() {
        for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
            paths.learn(LOCAL, remote, Outcome.NOT_CONNECTED, 0);
        }

        assertThat(paths.avoid(UNKNOWN)).isFalse();
    }

    @Test
    void aNetworkThatIsLeftIsOfNoAccount() {
        failNetwork();
        own.remove(LOCAL);

        boolean left = paths.avoid(UNKNOWN);
        own.add(LOCAL);
        boolean back = paths.avoid(UNKNOWN);

        assertThat(left).isFalse();
        assertThat(back).isTrue();
    }

    @Test
    void oneConnectionTriesWhenTheNetworksPauseIsOver() {
        failNetwork();

        clock.addAndGet(FIRST_PAUSE - 1);
        boolean justBefore = paths.avoid(UNKNOWN);
        clock.addAndGet(1);
        boolean then = paths.avoid(UNKNOWN);
        boolean next = paths.avoid(address("192.0.2.98"));

        assertThat(justBefore).isTrue();
        assertThat(then).isFalse();
        assertThat(next).isTrue();
    }

    @Test
    void aDestinationThatIsAvoidedItselfTakesNobodysTrial() {
        fail(REMOTE);
        clock.addAndGet(FIRST_PAUSE);
        paths.avoid(REMOTE);
        fail(REMOTE);
        fail(OTHER);
        fail(THIRD);
        clock.addAndGet(FIRST_PAUSE);

        boolean withALongerPause = paths.avoid(REMOTE);
        boolean unknown = paths.avoid(UNKNOWN);

        assertThat(withALongerPause).isTrue();
        assertThat(unknown).as("the network's trial was given to one that didn't try").isFalse();
    }

    @Test
    void aFailedTrialDoublesTheNetworksPause() {
        failNetwork();
        clock.addAndGet(FIRST_PAUSE);
        paths.avoid(UNKNOWN);

        fail(UNKNOWN);

        assertThat(nanosUntilTrial(address("192.0.2.98"))).isEqualTo(2 * FIRST_PAUSE);
    }

    @Test
    void connectionsThatWereUnderWayTogetherBlameTheirNetworkOnce() {
        for (int i = 1; i <= 10; i++) {
            fail(address("192.0.2." + i));
        }

        assertThat(nanosUntilTrial(UNKNOWN)).isEqualTo(FIRST_PAUSE);
    }

    @Test
    void aSuccessfulTrialClearsTheNetwork() {
        failNetwork();
        clock.addAndGet(FIRST_PAUSE);
        paths.avoid(UNKNOWN);

        succeed(UNKNOWN);

        assertThat(paths.avoid(UNKNOWN)).isFalse();
        assertThat(paths.avoid(address("192.0.2.98"))).isFalse();
    }

    @Test
    void aNetworkThatLosesSynsWithDataIsToBlameThoughCookiesAreGranted() {
        for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
            paths.learn(LOCAL, remote, Outcome.NO_COOKIE, 0);
            fail(remote);
        }

        assertThat(paths.avoid(UNKNOWN)).isTrue();
    }

    @Test
    void aTrialThatOnlyFetchesACookieDoesNotClearANetwork() {
        failNetwork();
        clock.addAndGet(FIRST_PAUSE);
        boolean trial = !paths.avoid(UNKNOWN);

        paths.learn(LOCAL, UNKNOWN, Outcome.NO_COOKIE, 0);

        assertThat(trial).isTrue();
        assertThat(paths.avoid(address("192.0.2.98"))).isTrue();
    }

    // -- round-trip times

    @Test
    void whatTheLastSynCarriedIsKept() {
        succeed(REMOTE);
        boolean afterData = paths.carriedData(REMOTE);
        paths.learn(LOCAL, REMOTE, Outcome.NO_COOKIE, 0);
        boolean afterNone = paths.carriedData(REMOTE);
        paths.learn(LOCAL, REMOTE, Outcome.DATA_NOT_ACKNOWLEDGED, 0);
        boolean afterRefusal = paths.carriedData(REMOTE);
        succeed(REMOTE);
        paths.learn(LOCAL, REMOTE, Outcome.NOT_CONNECTED, 0);
        boolean afterFailure = paths.carriedData(REMOTE);

        assertThat(afterData).isTrue();
        assertThat(afterNone).isFalse();
        assertThat(afterRefusal).isFalse();
        assertThat(afterFailure).isFalse();
        assertThat(paths.carriedData(OTHER)).isFalse();
    }

    @Test
    void roundTripTimesThatHardlyDifferAreTheSame() {
        for (int i = 0; i <= 50; i++) {
            paths.learnRtt(REMOTE, 40_000 + 1_000 * i);

            assertThat(paths.rttMicros(REMOTE)).isBetween((40_000 + 1_000 * i) * 7 / 8, 40_000 + 1_000 * i);
        }
    }

    @Test
    void theLastRoundTripTimeIsKept() {
        paths.learn(LOCAL, REMOTE, Outcome.ACCEPTED, 40_000);
        paths.learn(LOCAL, REMOTE, Outcome.NOT_TLS, 50_000);
        paths.learnRtt(OTHER, 60_000);

        assertThat(paths.rttMicros(REMOTE)).isEqualTo(50_000);
        assertThat(paths.rttMicros(OTHER)).isEqualTo(60_000);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void anUnknownRoundTripTimeDoesNotReplaceAKnownOne(int unknown) {
        paths.learn(LOCAL, REMOTE, Outcome.ACCEPTED, 40_000);

        paths.learn(LOCAL, REMOTE, Outcome.HEDGED, unknown);
        paths.learnRtt(REMOTE, unknown);

        assertThat(paths.rttMicros(REMOTE)).isEqualTo(40_000);
    }

    @Test
    void aRoundTripTimeAloneNeitherBlamesNorClears() {
        fail(REMOTE);

        paths.learnRtt(REMOTE, 40_000);
        paths.learnRtt(OTHER, 40_000);

        assertThat(paths.avoid(REMOTE)).isTrue();
        assertThat(paths.isCleared(REMOTE)).isFalse();
        assertThat(paths.isCleared(OTHER)).isFalse();
    }

    // -- bounds

    @Test
    void theMemoryOfFailuresIsBoundedAndKeepsTheLatest() {
        int remotes = Paths.MAX_REMEMBERED + 500;

        for (int i = 0; i < remotes; i++) {
            paths.learn(address("10.1." + i / 256 + "." + i % 256), numbered(i), Outcome.NOT_CONNECTED, i + 1);
            own.add(address("10.1." + i / 256 + "." + i % 256));
            assertThat(paths.avoid(numbered(i))).isTrue();
            assertThat(paths.rttMicros(numbered(i))).isEqualTo(i + 1);
        }

        assertThat(numbered(remotes, paths::avoid)).isEqualTo(Paths.MAX_REMEMBERED);
        assertThat(numbered(remotes, remote -> paths.rttMicros(remote) != 0)).isEqualTo(Paths.MAX_REMEMBERED);
    }

    @Test
    void theMemoryOfSuccessesIsBoundedAndKeepsTheLatest() {
        int remotes = Paths.MAX_REMEMBERED + 500;

        for (int i = 0; i < remotes; i++) {
            succeed(numbered(i));
            assertThat(paths.isCleared(numbered(i))).isTrue();
        }

        assertThat(numbered(remotes, paths::isCleared)).isBetween(1L, (long) Paths.MAX_REMEMBERED);
    }

    @Test
    void theMemoryOfNetworksIsBoundedAndKeepsTheLatest() {
        int locals = Paths.MAX_REMEMBERED + 500;

        for (int i = 0; i < locals; i++) {
            InetAddress local = numbered(i);
            own.clear();
            own.add(local);
            for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
                paths.learn(local, remote, Outcome.HEDGED, 0);
            }
            assertThat(paths.avoid(UNKNOWN)).isTrue();
        }

        long remembered = numbered(locals, local -> {
            own.clear();
            own.add(local);
            return paths.avoid(UNKNOWN);
        });
        assertThat(remembered).isEqualTo(Paths.MAX_REMEMBERED);
    }

    // -- threads

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void ofManyThreadsThatAskWhenAPauseIsOverOneTries() throws Exception {
        int threads = 4;
        AtomicInteger tries = new AtomicInteger();
        fail(REMOTE);
        CyclicBarrier together = new CyclicBarrier(threads, () -> clock.addAndGet(FIRST_PAUSE));

        onThreads(threads, number -> {
            for (int round = 0; round < 1_000; round++) {
                together.await();
                if (!paths.avoid(REMOTE)) {
                    tries.incrementAndGet();
                }
            }
        });

        assertThat(tries).hasValue(1_000);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void manyThreadsMayLearnAndAskAtOnce() throws Exception {
        Outcome[] outcomes = Outcome.values();

        onThreads(4, number -> {
            for (int i = 0; i < 20_000; i++) {
                InetAddress local = i % 5 == 0 ? null : i % 2 == 0 ? LOCAL : OTHER_LOCAL;
                InetAddress remote = numbered(i * (number + 1) % 5_000);
                paths.learn(local, remote, outcomes[(i + number) % outcomes.length], i);
                paths.avoid(remote);
                paths.isCleared(remote);
                paths.hasFailures();
                clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
            }
        });

        for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
            succeed(remote);
            paths.learn(OTHER_LOCAL, remote, Outcome.ACCEPTED, 0);
            assertThat(paths.avoid(remote)).isFalse();
        }
        long remembered = numbered(5_000, remote -> paths.rttMicros(remote) != 0);
        assertThat(remembered).isBetween(1L, (long) Paths.MAX_REMEMBERED);
    }

    private void fail(InetAddress remote) {
        paths.learn(LOCAL, remote, Outcome.HEDGED, 0);
    }

    private void succeed(InetAddress remote) {
        paths.learn(LOCAL, remote, Outcome.ACCEPTED, 0);
    }

    private void failNetwork() {
        fail(REMOTE);
        fail(OTHER);
        fail(THIRD);
    }

    /** Moves the clock to the moment when a destination is tried again, which is a whole number of minutes from now. */
    private long nanosUntilTrial(InetAddress remote) {
        long begin = clock.get();
        assertThat(paths.avoid(remote)).isTrue();
        while (clock.get() - begin <= LONGEST_PAUSE) {
            clock.addAndGet(TimeUnit.MINUTES.toNanos(1) - 1);
            assertThat(paths.avoid(remote)).isTrue();
            clock.addAndGet(1);
            if (!paths.avoid(remote)) {
                return clock.get() - begin;
            }
        }
        throw new AssertionError(remote + " is avoided for more than a day");
    }

    private static long numbered(int count, Predicate<InetAddress> predicate) {
        return IntStream.range(0, count).filter(i -> predicate.test(numbered(i))).count();
    }

    private static InetAddress numbered(int i) {
        return address("10.0." + i / 256 + "." + i % 256);
    }

    private interface Work {
        void by(int thread) throws Exception;
    }

    private static void onThreads(int count, Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> threads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                threads.add(executor.submit(() -> {
                    work.by(number);
                    return null;
                }));
            }
            for (Future<?> thread : threads) {
                thread.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal + " is no literal address", e);
        }
    }
}
