// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.config.Configuration;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
    private static final String SERVER = "192.0.2.1";
    private static final String OWN = "198.51.100.7";
    private static final long FORGET_MILLIS = 60_000;

    /** Close to the overflow that System.nanoTime may have. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);

    @ParameterizedTest
    @ValueSource(ints = {443, 8443, 993, 5671})
    void aTlsPortIsDeferredFromTheFirstConnectionOn(int port) {
        Destinations destinations = destinations();

        Verdict decision = destinations.verdict(at(SERVER, port));

        assertThat(decision).isEqualTo(Verdict.TRY);
    }

    @ParameterizedTest
    @ValueSource(ints = {22, 25, 80, 5432, 12345})
    void anyOtherPortIsWatched(int port) {
        Destinations destinations = destinations();

        Verdict decision = destinations.verdict(at(SERVER, port));

        assertThat(decision).isEqualTo(Verdict.WATCH);
    }

    @Test
    void whereTlsIsUsualOneConnectionThatNothingWasWrittenToInTimeSaysLittle() {
        Destinations destinations = destinations();

        destinations.learn(at(SERVER, 443), FirstBytes.LATE);
        Verdict afterOne = destinations.verdict(at(SERVER, 443));
        boolean hopeAfterOne = destinations.hopesForClientHello(at(SERVER, 443));
        destinations.learn(at(SERVER, 443), FirstBytes.LATE);

        assertThat(afterOne).isEqualTo(Verdict.TRY);
        assertThat(hopeAfterOne).isFalse();
        assertThat(destinations.verdict(at(SERVER, 443))).isEqualTo(Verdict.WATCH);
    }

    @Test
    void aServerThatSpeaksFirstWhereTlsIsUsualIsLeftAloneFromThenOn() {
        Destinations destinations = destinations();

        destinations.learn(at(SERVER, 443), FirstBytes.LATE);
        destinations.learn(at(SERVER, 443), FirstBytes.OTHER);

        assertThat(destinations.verdict(at(SERVER, 443))).isEqualTo(Verdict.WATCH);
    }

    @Test
    void aClientHelloIsHopedForUntilSomethingElseOrNothingCame() {
        Destinations destinations = destinations();

        assertThat(destinations.hopesForClientHello(at(SERVER, 443))).isTrue();
        destinations.learn(at(SERVER, 443), FirstBytes.CLIENT_HELLO);
        assertThat(destinations.hopesForClientHello(at(SERVER, 443))).isTrue();
        destinations.learn(at(SERVER, 443), FirstBytes.LATE);
        assertThat(destinations.hopesForClientHello(at(SERVER, 443))).isFalse();
        destinations.learn(at(SERVER, 443), FirstBytes.CLIENT_HELLO);
        assertThat(destinations.hopesForClientHello(at(SERVER, 443))).isTrue();
    }

    @Test
    void oneConnectionThatBeganOtherwiseDoesNotOutweighManyThatBeganWithAClientHello() {
        Destinations destinations = destinations();
        for (int i = 0; i < 1_000; i++) {
            destinations.learn(at(SERVER, 12345), FirstBytes.CLIENT_HELLO);
        }

        destinations.learn(at(SERVER, 12345), FirstBytes.LATE);
        Verdict afterOne = destinations.verdict(at(SERVER, 12345));
        destinations.learn(at(SERVER, 12345), FirstBytes.OTHER);
        destinations.learn(at(SERVER, 12345), FirstBytes.OTHER);
        Verdict afterThree = destinations.verdict(at(SERVER, 12345));

        assertThat(afterOne).isEqualTo(Verdict.TRY);
        assertThat(afterThree).isEqualTo(Verdict.WATCH);
    }

    @Test
    void aPortIsDeferredOnceItBeganWithAClientHello() {
        Destinations destinations = destinations();

        destinations.learn(at(SERVER, 12345), FirstBytes.CLIENT_HELLO);

        assertThat(destinations.verdict(at(SERVER, 12345))).isEqualTo(Verdict.TRY);
    }

    @Test
    void nothingIsLearnedFromConnectionsThatAreKnownToBeginWithAClientHello() {
        Destinations destinations = destinations();
        assertThat(destinations.learnsFrom(at(SERVER, 443))).isTrue();

        destinations.learn(at(SERVER, 443), FirstBytes.CLIENT_HELLO);

        assertThat(destinations.learnsFrom(at(SERVER, 443))).isFalse();
        assertThat(destinations.learnsFrom(at(SERVER, 8443))).isTrue();
        destinations.learn(at(SERVER, 443), FirstBytes.OTHER);
        assertThat(destinations.learnsFrom(at(SERVER, 443))).isTrue();
    }

    @Test
    void whatIsLearnedOfOnePortOrAddressHoldsForNoOther() {
        Destinations destinations = destinations();

        destinations.learn(at(SERVER, 12345), FirstBytes.CLIENT_HELLO);
        destinations.learn(at(SERVER, 443), FirstBytes.OTHER);

        assertThat(destinations.verdict(at(SERVER, 12346))).isEqualTo(Verdict.WATCH);
        assertThat(destinations.verdict(at("192.0.2.2", 12345))).isEqualTo(Verdict.WATCH);
        assertThat(destinations.verdict(at("192.0.2.2", 443))).isEqualTo(Verdict.TRY);
        assertThat(destinations.verdict(at(SERVER, 8443))).isEqualTo(Verdict.TRY);
    }

    @Test
    void whatWasSeenOverrulesThePort() {
        Destinations destinations = destinations();

        destinations.learn(at(SERVER, 443), FirstBytes.OTHER);

        assertThat(destinations.verdict(at(SERVER, 443))).isEqualTo(Verdict.WATCH);
    }

    @Test
    void whatWasSeenOverrulesThePortUntilItIsForgotten() {
        Destinations destinations = destinations();
        destinations.learn(at(SERVER, 443), FirstBytes.OTHER);

        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(FORGET_MILLIS) - 1);
        Verdict justBefore = destinations.verdict(at(SERVER, 443));
        clock.addAndGet(1);
        Verdict then = destinations.verdict(at(SERVER, 443));

        assertThat(justBefore).isEqualTo(Verdict.WATCH);
        assertThat(then).isEqualTo(Verdict.TRY);
        assertThat(destinations.size()).isZero();
    }

    @Test
    void theLastThingSeenCounts() {
        Destinations destinations = destinations();

        destinations.learn(at(SERVER, 12345), FirstBytes.CLIENT_HELLO);
        destinations.learn(at(SERVER, 12345), FirstBytes.OTHER);
        Verdict otherwise = destinations.verdict(at(SERVER, 12345));
        destinations.learn(at(SERVER, 12345), FirstBytes.CLIENT_HELLO);
        Verdict clientHello = destinations.verdict(at(SERVER, 12345));

        assertThat(otherwise).isEqualTo(Verdict.WATCH);
        assertThat(clientHello).isEqualTo(Verdict.TRY);
    }

    @Test
    void eachLookOfTheOtherKindStartsTheTimeAnew() {
        Destinations destinations = destinations();
        destinations.learn(at(SERVER, 443), FirstBytes.OTHER);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(FORGET_MILLIS) / 2);
        destinations.learn(at(SERVER, 443), FirstBytes.OTHER);

        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(FORGET_MILLIS) / 2 + 1);

        assertThat(destinations.verdict(at(SERVER, 443))).isEqualTo(Verdict.WATCH);
    }

    @Test
    void aClientHelloIsNotForgottenWithTime() {
        Destinations destinations = destinations();
        destinations.learn(at(SERVER, 12345), FirstBytes.CLIENT_HELLO);

        clock.addAndGet(TimeUnit.DAYS.toNanos(30));

        assertThat(destinations.verdict(at(SERVER, 12345))).isEqualTo(Verdict.TRY);
    }

    @Test
    void withAForgetOfZeroThePortAloneCounts() {
        Destinations destinations = destinations("forget", "0");

        destinations.learn(at(SERVER, 443), FirstBytes.OTHER);

        assertThat(destinations.verdict(at(SERVER, 443))).isEqualTo(Verdict.TRY);
    }

    @Test
    void alwaysDefersEveryPort() {
        Destinations destinations = destinations("defer", "always");

        destinations.learn(at(SERVER, 5432), FirstBytes.OTHER);

        assertThat(destinations.verdict(at(SERVER, 5432))).isEqualTo(Verdict.TRY);
        assertThat(destinations.size()).isZero();
    }

    @Test
    void neverLeavesEveryPortAlone() {
        Destinations destinations = destinations("defer", "never");

        destinations.learn(at(SERVER, 443), FirstBytes.CLIENT_HELLO);

        assertThat(destinations.verdict(at(SERVER, 443))).isEqualTo(Verdict.LEAVE_ALONE);
        assertThat(destinations.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"expected", "always"})
    void thisMachineItselfIsLeftAlone(String defer) {
        Destinations destinations = destinations("defer", defer);

        for (String address : new String[] {"127.0.0.1", "127.1.2.3", "0.0.0.0", "::1", "::", OWN}) {
            assertThat(destinations.verdict(at(address, 443))).as(address).isEqualTo(Verdict.LEAVE_ALONE);
        }
    }

    @Test
    void thisMachineItselfIsDeferredWhereThatIsAskedFor() {
        Destinations destinations = destinations("loopback", "true");

        for (String address : new String[] {"127.0.0.1", "127.1.2.3", "0.0.0.0", "::1", "::", OWN}) {
            assertThat(destinations.verdict(at(address, 443))).as(address).isEqualTo(Verdict.TRY);
            assertThat(destinations.verdict(at(address, 80))).as(address).isEqualTo(Verdict.WATCH);
        }
    }

    @Test
    void anIpv6DestinationIsKnownByItsAddressHoweverItIsWritten() {
        Destinations destinations = destinations();

        destinations.learn(at("2001:db8::1", 12345), FirstBytes.CLIENT_HELLO);
        destinations.learn(at("2001:db8:0:0::1", 443), FirstBytes.OTHER);

        assertThat(destinations.verdict(at("2001:db8:0:0:0:0:0:1", 12345))).isEqualTo(Verdict.TRY);
        assertThat(destinations.verdict(at("2001:db8::1", 443))).isEqualTo(Verdict.WATCH);
        assertThat(destinations.verdict(at("2001:db8::2", 443))).isEqualTo(Verdict.TRY);
    }

    @Test
    void anIpv4AddressMappedToIpv6IsTheIpv4Address() {
        Destinations destinations = destinations();

        destinations.learn(at("::ffff:192.0.2.1", 12345), FirstBytes.CLIENT_HELLO);

        assertThat(destinations.verdict(at(SERVER, 12345))).isEqualTo(Verdict.TRY);
        assertThat(destinations.verdict(at("::ffff:127.0.0.1", 443))).isEqualTo(Verdict.LEAVE_ALONE);
    }

    @Test
    void aDestinationIsKnownByItsAddressWhateverItsName() throws UnknownHostException {
        Destinations destinations = destinations();
        byte[] address = InetAddress.getByName(SERVER).getAddress();

        destinations.learn(new InetSocketAddress(InetAddress.getByAddress("one.example", address), 12345), FirstBytes.CLIENT_HELLO);

        InetSocketAddress byOtherName = new InetSocketAddress(InetAddress.getByAddress("two.example", address), 12345);
        assertThat(destinations.verdict(byOtherName)).isEqualTo(Verdict.TRY);
    }

    @Test
    void theMemoryIsBoundedAndKeepsTheLatest() {
        Destinations destinations = destinations();

        for (int i = 0; i < Bounded.MAX_REMEMBERED + 500; i++) {
            InetSocketAddress latest = at("10.0." + i / 256 + "." + i % 256, 12345);
            destinations.learn(latest, FirstBytes.CLIENT_HELLO);
            assertThat(destinations.verdict(latest)).isEqualTo(Verdict.TRY);
        }

        assertThat(destinations.size()).isBetween(Bounded.MAX_REMEMBERED / 2, Bounded.MAX_REMEMBERED);
    }

    private Destinations destinations(String... namesAndValues) {
        Properties properties = new Properties();
        properties.setProperty("niofastopen.forget", Long.toString(FORGET_MILLIS));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty("niofastopen." + namesAndValues[i], namesAndValues[i + 1]);
        }
        InetAddress own = at(OWN, 0).getAddress();
        return new Destinations(Configuration.from(properties), own::equals, clock::get);
    }

    private static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(address + " is no literal address", e);
        }
    }
}
