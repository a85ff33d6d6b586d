// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.niofastopen.outcome.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

class PathMemoryTest {
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
    private final PathMemory paths = new PathMemory(new Local(), clock::get, remote -> Optional.empty());

    PathMemoryTest() {
        own.add(LOCAL);
        own.add(OTHER_LOCAL);
    }

    /** Where it is this machine's, connections leave from {@link #LOCAL}. */
    private final class Local implements LocalAddresses {
        @Override
        public boolean test(InetAddress address) {
            return own.contains(address);
        }

        @Override
        public InetAddress towards(InetAddress remote) {
            return own.contains(LOCAL) ? LOCAL : null;
        }
    }

    /** By a connection that began just now. */
    private void doubt(InetAddress local, InetAddress remote) {
        paths.doubt(local, remote, clock.get());
    }

    /** A question of whoever goes on to try where the answer is no. */
    private boolean avoid(InetAddress remote) {
        InetSocketAddress destination = new InetSocketAddress(remote, 443);
        return paths.avoids(destination, null) || !paths.takeTurn(destination, null);
    }

    private void learn(InetAddress local, InetAddress remote, Outcome outcome, int rttMicros) {
        paths.learn(() -> local, new InetSocketAddress(remote, 443), outcome, rttMicros);
    }

    // -- one destination

    @Test
    void nothingIsAvoidedAtFirst() {
        assertThat(avoid(REMOTE)).isFalse();
        assertThat(paths.isCleared(REMOTE)).isFalse();
        assertThat(paths.hasFailures()).isFalse();
        assertThat(paths.rttMicros(REMOTE)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"SYN_RESENT", "HEDGED", "RESET", "LOST", "UNANSWERED"})
    void aPathThatFailsIsAvoidedForTenMinutes(Outcome outcome) {
        learn(LOCAL, REMOTE, outcome, 0);

        boolean atOnce = avoid(REMOTE);
        clock.addAndGet(FIRST_PAUSE - 1);
        boolean justBefore = avoid(REMOTE);
        clock.addAndGet(1);
        boolean then = avoid(REMOTE);

        assertThat(atOnce).isTrue();
        assertThat(justBefore).isTrue();
        assertThat(then).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_TLS", "WINDOW_ELAPSED", "AVOIDED", "UNSUPPORTED", "NOT_SENT"})
    void whatIsNoFaultOfThePathNeitherBlamesNorClearsIt(Outcome outcome) {
        fail(OTHER);

        learn(LOCAL, REMOTE, outcome, 0);
        learn(LOCAL, OTHER, outcome, 0);

        assertThat(avoid(REMOTE)).isFalse();
        assertThat(paths.isCleared(REMOTE)).isFalse();
        assertThat(avoid(OTHER)).isTrue();
    }

    @Test
    void otherDestinationsAreNotAvoided() {
        fail(REMOTE);

        assertThat(avoid(OTHER)).isFalse();
    }

    @Test
    void aDestinationWithoutAnyConnectionIsAvoidedToo() {
        learn(LOCAL, REMOTE, Outcome.NOT_CONNECTED, 0);

        assertThat(avoid(REMOTE)).isTrue();
        assertThat(avoid(OTHER)).isFalse();
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
            avoided.add(avoid(REMOTE));
        }

        assertThat(avoided).containsExactly(false, true, true, true, true);
    }

    @Test
    void aTrialOfWhichNothingIsHeardIsFollowedByAnother() {
        fail(REMOTE);
        clock.addAndGet(FIRST_PAUSE);
        avoid(REMOTE);

        clock.addAndGet(Pause.TRIAL_NANOS - 1);
        boolean justBefore = avoid(REMOTE);
        clock.addAndGet(1);
        boolean then = avoid(REMOTE);
        boolean next = avoid(REMOTE);

        assertThat(justBefore).isTrue();
        assertThat(then).isFalse();
        assertThat(next).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "TOO_LARGE", "DATA_NOT_ACKNOWLEDGED"})
    void aConnectionThatComesThroughClearsThePath(Outcome outcome) {
        fail(REMOTE);

        succeed(LOCAL, REMOTE, outcome);

        assertThat(avoid(REMOTE)).isFalse();
        assertThat(avoid(REMOTE)).isFalse();
        assertThat(paths.hasFailures()).isFalse();
        assertThat(paths.isCleared(REMOTE)).isTrue();
        assertThat(paths.isCleared(OTHER)).isFalse();
    }

    /** A path may take the data of a SYN and lose all that follows. */
    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "TOO_LARGE", "DATA_NOT_ACKNOWLEDGED", "UNANSWERED_TWICE"})
    void anAnsweredSynAloneClearsNothing(Outcome outcome) {
        fail(REMOTE);
        fail(OTHER);

        learn(LOCAL, REMOTE, outcome, 0);
        fail(THIRD);

        assertThat(avoid(REMOTE)).isTrue();
        assertThat(avoid(UNKNOWN)).as("the network").isTrue();
    }

    @Test
    void aPeerThatAnsweredASynIsThere() {
        learn(LOCAL, REMOTE, Outcome.NOT_CONNECTED, 0);

        learn(LOCAL, REMOTE, Outcome.ACCEPTED, 0);

        assertThat(avoid(REMOTE)).isFalse();
    }

    @Test
    void aCookieThatWasGrantedSaysNothingOfSynsWithData() {
        fail(REMOTE);

        learn(LOCAL, REMOTE, Outcome.NO_COOKIE, 0);

        assertThat(avoid(REMOTE)).isTrue();
        assertThat(paths.isCleared(REMOTE)).isTrue();
    }

    // -- what may have been chance

    @Test
    void whatMayHaveBeenChancePausesAPathForAMinute() {
        doubt(LOCAL, REMOTE);

        assertThat(avoid(REMOTE)).isTrue();
        assertThat(nanosUntilTrial(REMOTE)).isEqualTo(Pause.DOUBT_NANOS);
    }

    @Test
    void whatHappensAgainWithTheNextTryIsNoChance() {
        doubt(LOCAL, REMOTE);
        nanosUntilTrial(REMOTE);

        doubt(LOCAL, REMOTE);
        long then = nanosUntilTrial(REMOTE);
        doubt(LOCAL, REMOTE);

        assertThat(then).isEqualTo(FIRST_PAUSE);
        assertThat(nanosUntilTrial(REMOTE)).isEqualTo(2 * FIRST_PAUSE);
    }

    @Test
    void connectionsThatWereUnderWayTogetherAreOneChance() {
        doubt(LOCAL, REMOTE);
        doubt(LOCAL, REMOTE);

        assertThat(nanosUntilTrial(REMOTE)).isEqualTo(Pause.DOUBT_NANOS);
    }

    @Test
    void whatIsNoChanceEndsADoubtThatIsOn() {
        doubt(LOCAL, REMOTE);

        fail(REMOTE);

        assertThat(nanosUntilTrial(REMOTE)).isEqualTo(FIRST_PAUSE);
    }

    @Test
    void afterASuccessItIsChanceAgain() {
        doubt(LOCAL, REMOTE);
        nanosUntilTrial(REMOTE);
        succeed(REMOTE);

        doubt(LOCAL, REMOTE);

        assertThat(nanosUntilTrial(REMOTE)).isEqualTo(Pause.DOUBT_NANOS);
    }

    @Test
    void aLossOfAnOrdinaryConnectionEndsADoubtAndOneTries() {
        doubt(LOCAL, REMOTE);

        paths.endDoubt(LOCAL, REMOTE);

        assertThat(avoid(REMOTE)).isFalse();
        assertThat(avoid(REMOTE)).as("for others").isTrue();
    }

    /** What was under way when the doubt began is the same chance, though the doubt is over. */
    @Test
    void whatBeganBeforeADoubtDoesNotFollowIt() {
        long begun = clock.get();
        clock.addAndGet(1);
        doubt(LOCAL, REMOTE);
        paths.endDoubt(LOCAL, REMOTE);

        paths.doubt(LOCAL, REMOTE, begun);

        assertThat(avoid(REMOTE)).isFalse();
    }

    @Test
    void whatFailsAgainAfterThatIsNoChance() {
        doubt(LOCAL, REMOTE);
        paths.endDoubt(LOCAL, REMOTE);
        avoid(REMOTE);

        doubt(LOCAL, REMOTE);

        assertThat(paths.openDoubt(REMOTE)).isNull();
        assertThat(nanosUntilTrial(REMOTE)).isEqualTo(FIRST_PAUSE);
    }

    @Test
    void aLossSaysNothingOfOtherPathsNorWhereNothingIsInDoubt() {
        doubt(LOCAL, REMOTE);
        fail(OTHER);

        paths.endDoubt(OTHER_LOCAL, REMOTE);
        paths.endDoubt(null, REMOTE);
        paths.endDoubt(LOCAL, OTHER);
        paths.endDoubt(LOCAL, THIRD);

        assertThat(avoid(REMOTE)).isTrue();
        assertThat(avoid(OTHER)).isTrue();
        assertThat(paths.openDoubt(REMOTE)).matches(Suspicion::isOfChance);
        assertThat(paths.openDoubt(OTHER)).isNull();
        assertThat(paths.openDoubt(THIRD)).isNull();
    }

    @Test
    void whileOneTriesAgainALossTellsNothing() {
        doubt(LOCAL, REMOTE);
        paths.endDoubt(LOCAL, REMOTE);
        avoid(REMOTE);

        paths.endDoubt(LOCAL, REMOTE);

        assertThat(avoid(REMOTE)).isTrue();
    }

    @Test
    void whereTheLocalAddressIsNotKnownNothingIsBlamed() {
        doubt(null, REMOTE);

        assertThat(avoid(REMOTE)).isFalse();
    }

    @Test
    void afterASuccessThePausesBeginAnew() {
        fail(REMOTE);
        clock.addAndGet(FIRST_PAUSE);
        avoid(REMOTE);
        fail(REMOTE);

        succeed(REMOTE);
        fail(REMOTE);

        assertThat(nanosUntilTrial(REMOTE)).isEqualTo(FIRST_PAUSE);
    }

    @ParameterizedTest
    @EnumSource(names = {"SYN_RESENT", "HEDGED", "RESET", "LOST", "UNANSWERED"})
    void aFailureTakesTheClearanceBack(Outcome outcome) {
        succeed(REMOTE);

        learn(LOCAL, REMOTE, outcome, 0);

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
        learn(LOCAL, InetAddress.getByAddress("one.example", REMOTE.getAddress()), Outcome.RESET, 70);

        InetAddress byOtherName = InetAddress.getByAddress("two.example", REMOTE.getAddress());
        assertThat(avoid(byOtherName)).isTrue();
        assertThat(paths.rttMicros(byOtherName)).isEqualTo(70);
    }

    // -- the local address

    @Test
    void aPathFromAnAddressThatIsGoneIsOfNoAccount() {
        fail(REMOTE);
        own.remove(LOCAL);

        boolean gone = avoid(REMOTE);
        own.add(LOCAL);
        boolean back = avoid(REMOTE);

        assertThat(gone).isFalse();
        assertThat(back).isTrue();
    }

    @Test
    void aFailureFromAnotherAddressBeginsWithAShortPause() {
        fail(REMOTE);
        clock.addAndGet(FIRST_PAUSE);
        avoid(REMOTE);
        fail(REMOTE);
        own.remove(LOCAL);

        learn(OTHER_LOCAL, REMOTE, Outcome.HEDGED, 0);

        assertThat(nanosUntilTrial(REMOTE)).isEqualTo(FIRST_PAUSE);
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownLocalAddressIsBlamedForNothing(Outcome outcome) {
        assertThatNoException().isThrownBy(() -> learn(null, REMOTE, outcome, 50_000));

        assertThat(avoid(REMOTE)).isFalse();
        assertThat(paths.hasFailures()).isFalse();
        assertThat(paths.rttMicros(REMOTE)).isEqualTo(50_000);
        assertThat(paths.isCleared(REMOTE)).isFalse();
    }

    @Test
    void aSuccessFromAnUnknownLocalAddressClearsItsDestination() {
        fail(REMOTE);

        succeed(null, REMOTE, Outcome.ACCEPTED);

        assertThat(avoid(REMOTE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"SYN_RESENT", "HEDGED", "RESET", "LOST", "UNANSWERED"})
    void aFailureFromAnUnknownLocalAddressTakesTheClearanceBack(Outcome outcome) {
        succeed(REMOTE);

        learn(null, REMOTE, outcome, 0);

        assertThat(paths.isCleared(REMOTE)).isFalse();
    }

    // -- the local network

    @Test
    void threeDestinationsThatFailInARowMakeAllAvoided() {
        fail(REMOTE);
        fail(OTHER);
        boolean afterTwo = avoid(UNKNOWN);
        fail(THIRD);
        boolean afterThree = avoid(UNKNOWN);

        assertThat(afterTwo).isFalse();
        assertThat(afterThree).isTrue();
    }

    @Test
    void oneDestinationThatFailsThreeTimesIsNotTheNetwork() {
        fail(REMOTE);
        fail(REMOTE);
        fail(OTHER);
        fail(REMOTE);

        assertThat(avoid(UNKNOWN)).isFalse();
    }

    @Test
    void aSuccessInBetweenResetsTheCount() {
        fail(REMOTE);
        fail(OTHER);
        succeed(UNKNOWN);
        fail(THIRD);
        boolean afterOne = avoid(UNKNOWN);
        fail(REMOTE);
        boolean afterTwo = avoid(UNKNOWN);
        fail(OTHER);
        boolean afterThree = avoid(UNKNOWN);

        assertThat(afterOne).isFalse();
        assertThat(afterTwo).isFalse();
        assertThat(afterThree).isTrue();
    }

    @Test
    void aSuccessFromAnotherAddressDoesNotResetTheCount() {
        fail(REMOTE);
        fail(OTHER);
        learn(OTHER_LOCAL, UNKNOWN, Outcome.ACCEPTED, 0);
        fail(THIRD);

        assertThat(avoid(UNKNOWN)).isTrue();
    }

    @Test
    void failuresFromDifferentAddressesAreNotOneNetworks() {
        fail(REMOTE);
        fail(OTHER);
        learn(OTHER_LOCAL, THIRD, Outcome.HEDGED, 0);

        assertThat(avoid(UNKNOWN)).isFalse();
    }

    @Test
    void failuresWithoutALocalAddressAreNoNetworks() {
        for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
            learn(null, remote, Outcome.HEDGED, 0);
        }

        assertThat(avoid(UNKNOWN)).isFalse();
    }

    @Test
    void deadDestinationsAreNoFaultOfTheNetwork() {
        for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
            learn(LOCAL, remote, Outcome.NOT_CONNECTED, 0);
        }

        assertThat(avoid(UNKNOWN)).isFalse();
    }

    @Test
    void aNetworkIsOfNoAccountToDestinationsThatAreReachedByAnother() {
        for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
            learn(OTHER_LOCAL, remote, Outcome.HEDGED, 0);
        }

        boolean byAnother = avoid(UNKNOWN);
        own.remove(LOCAL);
        boolean byThis = avoid(UNKNOWN);

        assertThat(byAnother).isFalse();
        assertThat(byThis).isTrue();
    }

    @Test
    void aNetworkIsOfAccountToConnectionsThatAreBoundToItsAddress() {
        for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
            learn(OTHER_LOCAL, remote, Outcome.HEDGED, 0);
        }
        InetSocketAddress destination = new InetSocketAddress(UNKNOWN, 443);

        assertThat(paths.avoids(destination, OTHER_LOCAL)).isTrue();
        assertThat(paths.avoids(destination, LOCAL)).isFalse();
    }

    @Test
    void anAnswerOnAProvenPathClearsWhatWasSuspectedOfItsNetwork() {
        paths.suspectNetwork(LOCAL, REMOTE);
        paths.suspectNetwork(LOCAL, OTHER);

        paths.clearSuspicions(LOCAL);
        paths.suspectNetwork(LOCAL, THIRD);

        assertThat(avoid(UNKNOWN)).isFalse();
    }

    @Test
    void aNetworkThatIsLeftIsOfNoAccount() {
        failNetwork();
        own.remove(LOCAL);

        boolean left = avoid(UNKNOWN);
        own.add(LOCAL);
        boolean back = avoid(UNKNOWN);

        assertThat(left).isFalse();
        assertThat(back).isTrue();
    }

    @Test
    void oneConnectionTriesWhenTheNetworksPauseIsOver() {
        failNetwork();

        clock.addAndGet(FIRST_PAUSE - 1);
        boolean justBefore = avoid(UNKNOWN);
        clock.addAndGet(1);
        boolean then = avoid(UNKNOWN);
        boolean next = avoid(address("192.0.2.98"));

        assertThat(justBefore).isTrue();
        assertThat(then).isFalse();
        assertThat(next).isTrue();
    }

    @Test
    void aDestinationThatIsAvoidedItselfTakesNobodysTrial() {
        fail(REMOTE);
        clock.addAndGet(FIRST_PAUSE);
        avoid(REMOTE);
        fail(REMOTE);
        fail(OTHER);
        fail(THIRD);
        clock.addAndGet(FIRST_PAUSE);

        boolean withALongerPause = avoid(REMOTE);
        boolean unknown = avoid(UNKNOWN);

        assertThat(withALongerPause).isTrue();
        assertThat(unknown).as("the network's trial was given to one that didn't try").isFalse();
    }

    @Test
    void aFailedTrialDoublesTheNetworksPause() {
        failNetwork();
        clock.addAndGet(FIRST_PAUSE);
        avoid(UNKNOWN);

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
        avoid(UNKNOWN);

        succeed(UNKNOWN);

        assertThat(avoid(UNKNOWN)).isFalse();
        assertThat(avoid(address("192.0.2.98"))).isFalse();
    }

    @Test
    void aNetworkThatLosesSynsWithDataIsToBlameThoughCookiesAreGranted() {
        for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
            learn(LOCAL, remote, Outcome.NO_COOKIE, 0);
            fail(remote);
        }

        assertThat(avoid(UNKNOWN)).isTrue();
    }

    @Test
    void aTrialThatOnlyFetchesACookieDoesNotClearANetwork() {
        failNetwork();
        clock.addAndGet(FIRST_PAUSE);
        boolean trial = !avoid(UNKNOWN);

        learn(LOCAL, UNKNOWN, Outcome.NO_COOKIE, 0);

        assertThat(trial).isTrue();
        assertThat(avoid(address("192.0.2.98"))).isTrue();
    }

    // -- what is cleared, and from where

    @Test
    void aPathIsClearedFromTheAddressFromWhichItWasAnswered() {
        succeed(REMOTE);

        assertThat(paths.isCleared(LOCAL, REMOTE)).isTrue();
        assertThat(paths.isCleared(OTHER_LOCAL, REMOTE)).isFalse();
        assertThat(paths.isCleared(null, REMOTE)).isFalse();
        assertThat(paths.isCleared(LOCAL, OTHER)).isFalse();
    }

    @Test
    void aPathFromAnAddressThatIsGoneIsNotCleared() {
        succeed(REMOTE);
        own.remove(LOCAL);

        assertThat(paths.isCleared(REMOTE)).isFalse();
    }

    @Test
    void whatWasClearedFromAnAddressThatIsGoneIsForgotten() {
        succeed(REMOTE);
        learn(OTHER_LOCAL, OTHER, Outcome.ACCEPTED, 0);

        paths.forgetCleared(LOCAL);

        assertThat(paths.isCleared(REMOTE)).isFalse();
        assertThat(paths.isCleared(OTHER)).isTrue();
    }

    // -- one port

    @Test
    void aPortThatRefusesSaysNothingOfOthersOfItsHost() {
        paths.learn(() -> LOCAL, new InetSocketAddress(REMOTE, 8443), Outcome.NOT_CONNECTED, 0);

        assertThat(paths.avoids(new InetSocketAddress(REMOTE, 8443), null)).isTrue();
        assertThat(paths.avoids(new InetSocketAddress(REMOTE, 443), null)).isFalse();
    }

    @Test
    void aPeerThatWasDoubtedAndConnectedIsNoLonger() {
        learn(LOCAL, REMOTE, Outcome.NOT_CONNECTED, 0);

        learn(LOCAL, REMOTE, Outcome.HEDGED, 0);

        assertThat(paths.avoided()).extracting(PathMemory.Avoided::port).containsExactly(0);
    }

    @Test
    void aPathThatFailsIsAvoidedForAllPorts() {
        paths.learn(() -> LOCAL, new InetSocketAddress(REMOTE, 8443), Outcome.HEDGED, 0);

        assertThat(paths.avoids(new InetSocketAddress(REMOTE, 443), null)).isTrue();
    }

    @Test
    void aQuestionTakesNoTurn() {
        fail(REMOTE);
        clock.addAndGet(FIRST_PAUSE);
        InetSocketAddress destination = new InetSocketAddress(REMOTE, 443);

        boolean avoided = paths.avoids(destination, null) || paths.avoids(destination, null);
        boolean first = paths.takeTurn(destination, null);
        boolean second = paths.takeTurn(destination, null);
        paths.giveTurnBack(destination, null);
        boolean afterwards = paths.takeTurn(destination, null);

        assertThat(List.of(avoided, first, second, afterwards)).containsExactly(false, true, false, true);
    }

    // -- round-trip times

    @Test
    void roundTripTimesThatHardlyDifferAreTheSame() {
        for (int i = 0; i <= 50; i++) {
            paths.learnRtt(REMOTE, 40_000 + 1_000 * i);

            assertThat(paths.rttMicros(REMOTE)).isBetween((40_000 + 1_000 * i) * 7 / 8, 40_000 + 1_000 * i);
        }
    }

    @Test
    void theLastRoundTripTimeIsKept() {
        learn(LOCAL, REMOTE, Outcome.ACCEPTED, 40_000);
        learn(LOCAL, REMOTE, Outcome.NOT_TLS, 50_000);
        paths.learnRtt(OTHER, 60_000);

        assertThat(paths.rttMicros(REMOTE)).isEqualTo(50_000);
        assertThat(paths.rttMicros(OTHER)).isEqualTo(60_000);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void anUnknownRoundTripTimeDoesNotReplaceAKnownOne(int unknown) {
        learn(LOCAL, REMOTE, Outcome.ACCEPTED, 40_000);

        learn(LOCAL, REMOTE, Outcome.HEDGED, unknown);
        paths.learnRtt(REMOTE, unknown);

        assertThat(paths.rttMicros(REMOTE)).isEqualTo(40_000);
    }

    @Test
    void aRoundTripTimeAloneNeitherBlamesNorClears() {
        fail(REMOTE);

        paths.learnRtt(REMOTE, 40_000);
        paths.learnRtt(OTHER, 40_000);

        assertThat(avoid(REMOTE)).isTrue();
        assertThat(paths.isCleared(REMOTE)).isFalse();
        assertThat(paths.isCleared(OTHER)).isFalse();
    }

    // -- bounds

    @Test
    void theMemoryOfFailuresIsBoundedAndKeepsTheLatest() {
        int remotes = Bounded.MAX_REMEMBERED + 500;

        for (int i = 0; i < remotes; i++) {
            learn(address("10.1." + i / 256 + "." + i % 256), numbered(i), Outcome.NOT_CONNECTED, i + 1);
            own.add(address("10.1." + i / 256 + "." + i % 256));
            assertThat(avoid(numbered(i))).isTrue();
            assertThat(paths.rttMicros(numbered(i))).isEqualTo(i + 1);
        }

        assertKeepsTheLatest(remotes, this::avoid);
        assertKeepsTheLatest(remotes, remote -> paths.rttMicros(remote) != 0);
    }

    @Test
    void theMemoryOfSuccessesIsBoundedAndKeepsTheLatest() {
        int remotes = Bounded.MAX_REMEMBERED + 500;

        for (int i = 0; i < remotes; i++) {
            succeed(numbered(i));
            assertThat(paths.isCleared(numbered(i))).isTrue();
        }

        assertKeepsTheLatest(remotes, paths::isCleared);
    }

    @Test
    void theMemoryOfNetworksIsBoundedAndKeepsTheLatest() {
        int locals = Bounded.MAX_REMEMBERED + 500;

        for (int i = 0; i < locals; i++) {
            InetAddress local = numbered(i);
            own.clear();
            own.add(local);
            for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
                learn(local, remote, Outcome.HEDGED, 0);
            }
            assertThat(avoid(UNKNOWN)).isTrue();
        }

        assertKeepsTheLatest(locals, local -> {
            own.clear();
            own.add(local);
            return avoid(UNKNOWN);
        });
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
                if (!avoid(REMOTE)) {
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
                learn(local, remote, outcomes[(i + number) % outcomes.length], i);
                avoid(remote);
                paths.isCleared(remote);
                paths.hasFailures();
                clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
            }
        });

        for (InetAddress remote : List.of(REMOTE, OTHER, THIRD)) {
            succeed(remote);
            succeed(OTHER_LOCAL, remote, Outcome.ACCEPTED);
            assertThat(avoid(remote)).isFalse();
        }
        long remembered = numbered(0, 5_000, remote -> paths.rttMicros(remote) != 0);
        assertThat(remembered).isBetween(1L, (long) Bounded.MAX_REMEMBERED);
    }

    private void fail(InetAddress remote) {
        learn(LOCAL, remote, Outcome.HEDGED, 0);
    }

    private void succeed(InetAddress remote) {
        succeed(LOCAL, remote, Outcome.ACCEPTED);
    }

    /** The SYN's data was taken, and the connection has come through. */
    private void succeed(InetAddress local, InetAddress remote, Outcome outcome) {
        learn(local, remote, outcome, 0);
        paths.clearBlame(local, new InetSocketAddress(remote, 443));
    }

    private void failNetwork() {
        fail(REMOTE);
        fail(OTHER);
        fail(THIRD);
    }

    /** Moves the clock to the moment when a destination is tried again, which is a whole number of minutes from now. */
    private long nanosUntilTrial(InetAddress remote) {
        long begin = clock.get();
        assertThat(avoid(remote)).isTrue();
        while (clock.get() - begin <= LONGEST_PAUSE) {
            clock.addAndGet(TimeUnit.MINUTES.toNanos(1) - 1);
            assertThat(avoid(remote)).isTrue();
            clock.addAndGet(1);
            if (!avoid(remote)) {
                return clock.get() - begin;
            }
        }
        throw new AssertionError(remote + " is avoided for more than a day");
    }

    /** The latest, half of the bound, and no more than the bound in all. */
    private static void assertKeepsTheLatest(int count, Predicate<InetAddress> remembered) {
        long latest = Bounded.MAX_REMEMBERED / 2;
        assertThat(numbered(count - (int) latest, count, remembered)).isEqualTo(latest);
        assertThat(numbered(0, count, remembered)).isBetween(latest, (long) Bounded.MAX_REMEMBERED);
    }

    private static long numbered(int from, int to, Predicate<InetAddress> predicate) {
        return IntStream.range(from, to).filter(i -> predicate.test(numbered(i))).count();
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

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal + " is no literal address", e);
        }
    }
}
