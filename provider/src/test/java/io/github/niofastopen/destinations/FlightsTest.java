// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.config.Configuration;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FlightsTest {
    private static final int ROOM = 1420;
    private static final int LONG = 1620;
    private static final int SHORT = 480;

    private final InetSocketAddress one = address(1);
    private final InetSocketAddress another = address(2);
    private long now = Long.MAX_VALUE - 1;
    private final Flights flights = flights();

    private Flights flights(String... settings) {
        Properties properties = new Properties();
        properties.setProperty("niofastopen.forget", "1000");
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty("niofastopen." + settings[i], settings[i + 1]);
        }
        return new Flights(Configuration.from(properties), () -> now);
    }

    private static InetSocketAddress address(int number) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress("host" + number + ".example", new byte[] {(byte) 192, 0, 2, (byte) number}), 443);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ofADestinationThatHasntBeenMetNothingIsKnown() {
        assertThat(flights.isTooLarge(one)).isFalse();
        assertThat(flights.room(one)).isEqualTo(SynRooms.UNKNOWN);
        assertThat(flights.expectedLength(one)).isZero();
    }

    @Test
    void aFlightThatFitsLeavesNothingBehind() {
        // when
        flights.learn(one, SHORT, SHORT);

        // then
        assertThat(flights.size()).isZero();
    }

    @Test
    void oneThatIsTooLongCountsForItsDestination() {
        // when
        flights.learn(one, LONG, ROOM);

        // then
        assertThat(flights.isTooLarge(one)).isTrue();
        assertThat(flights.room(one)).isEqualTo(ROOM);
        assertThat(flights.isTooLarge(another)).isFalse();
        assertThat(flights.isTooLarge(new InetSocketAddress(one.getAddress(), 8443))).isFalse();
    }

    @Test
    void oneThatIsShorterTakesItBackAndWhatTheSynHoldsStays() {
        // given
        flights.learn(one, LONG, ROOM);

        // when
        flights.learn(one, SHORT, ROOM);

        // then
        assertThat(flights.isTooLarge(one)).isFalse();
        assertThat(flights.room(one)).isEqualTo(ROOM);
    }

    @Test
    void aSynThatHasHeldMoreThanBeforeTakesItBackToo() {
        // given
        flights.learn(one, LONG, ROOM);

        // when: the whole flight was taken
        flights.learn(one, LONG, LONG);

        // then
        assertThat(flights.isTooLarge(one)).isFalse();
        assertThat(flights.room(one)).isEqualTo(LONG);
    }

    @Test
    void itIsForgottenAfterAWhileHoweverManyFlightsFollow() {
        // given
        flights.learn(one, LONG, ROOM);
        now += TimeUnit.MILLISECONDS.toNanos(999);
        flights.learn(one, LONG, ROOM);
        assertThat(flights.isTooLarge(one)).isTrue();

        // when
        now += TimeUnit.MILLISECONDS.toNanos(1);

        // then
        assertThat(flights.isTooLarge(one)).isFalse();
        assertThat(flights.room(one)).isEqualTo(SynRooms.UNKNOWN);
    }

    @Test
    void whereShorterOnesAreToFollowThatCounts() {
        // given
        flights.learn(one, LONG, ROOM);
        flights.learn(another, LONG, ROOM);

        // when
        flights.expectShorter(new Server("HOST1.example", 443));
        flights.expectShorter(new Server("host2.example", 8443));

        // then
        assertThat(flights.isTooLarge(one)).isFalse();
        assertThat(flights.isTooLarge(another)).isTrue();
    }

    @Test
    void afterAFewInARowTheShortestIsExpectedOfUnknownDestinations() {
        // given
        flights.learn(one, LONG + 100, ROOM);
        flights.learn(one, LONG, ROOM);
        assertThat(flights.expectedLength(another)).isZero();

        // when
        flights.learn(one, LONG + 200, ROOM);

        // then
        assertThat(flights.expectedLength(another)).isEqualTo(LONG);
        assertThat(flights.expectedLength(one)).isZero();

        // when
        flights.learn(address(3), SHORT, SHORT);

        // then
        assertThat(flights.expectedLength(another)).isZero();
    }

    @Test
    void thatIsForgottenAfterAWhileToo() {
        // given
        for (int i = 0; i < Flights.IN_A_ROW; i++) {
            flights.learn(one, LONG, ROOM);
        }

        // when
        now += TimeUnit.MILLISECONDS.toNanos(1000);

        // then
        assertThat(flights.expectedLength(another)).isZero();
    }

    @Test
    void whereAllIsDeferredNothingIsLearned() {
        // given
        Flights always = flights("defer", "always");

        // when
        always.learn(one, LONG, ROOM);

        // then
        assertThat(always.isTooLarge(one)).isFalse();
    }

    @Test
    void anAddressOrAllCanBeForgotten() {
        // given
        flights.learn(one, LONG, ROOM);
        flights.learn(another, LONG, ROOM);
        flights.learn(address(3), LONG, ROOM);

        // when
        flights.forget(one.getAddress());

        // then
        assertThat(flights.isTooLarge(one)).isFalse();
        assertThat(flights.isTooLarge(another)).isTrue();

        // when
        flights.forgetAll();

        // then
        assertThat(flights.isTooLarge(another)).isFalse();
        assertThat(flights.expectedLength(address(4))).isZero();
    }

    @Test
    void thereIsABound() {
        // when
        for (int port = 1; port <= Bounded.MAX_REMEMBERED + 100; port++) {
            flights.learn(new InetSocketAddress(one.getAddress(), port), LONG, ROOM);
        }

        // then
        assertThat(flights.size()).isBetween(Bounded.MAX_REMEMBERED / 2, Bounded.MAX_REMEMBERED);
    }
}
