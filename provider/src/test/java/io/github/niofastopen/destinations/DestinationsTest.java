// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.destinations.Destinations.Decision;
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

        Decision decision = destinations.decide(at(SERVER, port));

        assertThat(decision).isEqualTo(Decision.DEFER);
    }

    @ParameterizedTest
    @ValueSource(ints = {22, 25, 80, 5432, 12345})
    void anyOtherPortIsWatched(int port) {
        Destinations destinations = destinations();

        Decision decision = destinations.decide(at(SERVER, port));

        assertThat(decision).isEqualTo(Decision.WATCH);
    }

    @Test
    void aPortIsDeferredOnceItBeganWithAClientHello() {
        Destinations destinations = destinations();

        destinations.beganWithClientHello(at(SERVER, 12345));

        assertThat(destinations.decide(at(SERVER, 12345))).isEqualTo(Decision.DEFER);
    }

    @Test
    void nothingIsLearnedFromConnectionsThatAreKnownToBeginWithAClientHello() {
        Destinations destinations = destinations();
        assertThat(destinations.learnsFrom(at(SERVER, 443))).isTrue();

        destinations.beganWithClientHello(at(SERVER, 443));

        assertThat(destinations.learnsFrom(at(SERVER, 443))).isFalse();
        assertThat(destinations.learnsFrom(at(SERVER, 8443))).isTrue();
        destinations.beganOtherwise(at(SERVER, 443));
        assertThat(destinations.learnsFrom(at(SERVER, 443))).isTrue();
    }

    @Test
    void whatIsLearnedOfOnePortOrAddressHoldsForNoOther() {
        Destinations destinations = destinations();

        destinations.beganWithClientHello(at(SERVER, 12345));
        destinations.beganOtherwise(at(SERVER, 443));

        assertThat(destinations.decide(at(SERVER, 12346))).isEqualTo(Decision.WATCH);
        assertThat(destinations.decide(at("192.0.2.2", 12345))).isEqualTo(Decision.WATCH);
        assertThat(destinations.decide(at("192.0.2.2", 443))).isEqualTo(Decision.DEFER);
        assertThat(destinations.decide(at(SERVER, 8443))).isEqualTo(Decision.DEFER);
    }

    @Test
    void whatWasSeenOverrulesThePort() {
        Destinations destinations = destinations();

        destinations.beganOtherwise(at(SERVER, 443));

        assertThat(destinations.decide(at(SERVER, 443))).isEqualTo(Decision.WATCH);
    }

    @Test
    void whatWasSeenOverrulesThePortUntilItIsForgotten() {
        Destinations destinations = destinations();
        destinations.beganOtherwise(at(SERVER, 443));

        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(FORGET_MILLIS) - 1);
        Decision justBefore = destinations.decide(at(SERVER, 443));
        clock.addAndGet(1);
        Decision then = destinations.decide(at(SERVER, 443));

        assertThat(justBefore).isEqualTo(Decision.WATCH);
        assertThat(then).isEqualTo(Decision.DEFER);
        assertThat(destinations.size()).isZero();
    }

    @Test
    void theLastThingSeenCounts() {
        Destinations destinations = destinations();

        destinations.beganWithClientHello(at(SERVER, 12345));
        destinations.beganOtherwise(at(SERVER, 12345));
        Decision otherwise = destinations.decide(at(SERVER, 12345));
        destinations.beganWithClientHello(at(SERVER, 12345));
        Decision clientHello = destinations.decide(at(SERVER, 12345));

        assertThat(otherwise).isEqualTo(Decision.WATCH);
        assertThat(clientHello).isEqualTo(Decision.DEFER);
    }

    @Test
    void eachLookOfTheOtherKindStartsTheTimeAnew() {
        Destinations destinations = destinations();
        destinations.beganOtherwise(at(SERVER, 443));
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(FORGET_MILLIS) / 2);
        destinations.beganOtherwise(at(SERVER, 443));

        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(FORGET_MILLIS) / 2 + 1);

        assertThat(destinations.decide(at(SERVER, 443))).isEqualTo(Decision.WATCH);
    }

    @Test
    void aClientHelloIsNotForgottenWithTime() {
        Destinations destinations = destinations();
        destinations.beganWithClientHello(at(SERVER, 12345));

        clock.addAndGet(TimeUnit.DAYS.toNanos(30));

        assertThat(destinations.decide(at(SERVER, 12345))).isEqualTo(Decision.DEFER);
    }

    @Test
    void withAForgetOfZeroThePortAloneCounts() {
        Destinations destinations = destinations("forget", "0");

        destinations.beganOtherwise(at(SERVER, 443));

        assertThat(destinations.decide(at(SERVER, 443))).isEqualTo(Decision.DEFER);
    }

    @Test
    void alwaysDefersEveryPort() {
        Destinations destinations = destinations("defer", "always");

        destinations.beganOtherwise(at(SERVER, 5432));

        assertThat(destinations.decide(at(SERVER, 5432))).isEqualTo(Decision.DEFER);
        assertThat(destinations.size()).isZero();
    }

    @Test
    void neverLeavesEveryPortAlone() {
        Destinations destinations = destinations("defer", "never");

        destinations.beganWithClientHello(at(SERVER, 443));

        assertThat(destinations.decide(at(SERVER, 443))).isEqualTo(Decision.LEAVE_ALONE);
        assertThat(destinations.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"expected", "always"})
    void thisMachineItselfIsLeftAlone(String defer) {
        Destinations destinations = destinations("defer", defer);

        for (String address : new String[] {"127.0.0.1", "127.1.2.3", "0.0.0.0", "::1", "::", OWN}) {
            assertThat(destinations.decide(at(address, 443))).as(address).isEqualTo(Decision.LEAVE_ALONE);
        }
    }

    @Test
    void thisMachineItselfIsDeferredWhereThatIsAskedFor() {
        Destinations destinations = destinations("loopback", "true");

        for (String address : new String[] {"127.0.0.1", "127.1.2.3", "0.0.0.0", "::1", "::", OWN}) {
            assertThat(destinations.decide(at(address, 443))).as(address).isEqualTo(Decision.DEFER);
            assertThat(destinations.decide(at(address, 80))).as(address).isEqualTo(Decision.WATCH);
        }
    }

    @Test
    void anIpv6DestinationIsKnownByItsAddressHoweverItIsWritten() {
        Destinations destinations = destinations();

        destinations.beganWithClientHello(at("2001:db8::1", 12345));
        destinations.beganOtherwise(at("2001:db8:0:0::1", 443));

        assertThat(destinations.decide(at("2001:db8:0:0:0:0:0:1", 12345))).isEqualTo(Decision.DEFER);
        assertThat(destinations.decide(at("2001:db8::1", 443))).isEqualTo(Decision.WATCH);
        assertThat(destinations.decide(at("2001:db8::2", 443))).isEqualTo(Decision.DEFER);
    }

    @Test
    void anIpv4AddressMappedToIpv6IsTheIpv4Address() {
        Destinations destinations = destinations();

        destinations.beganWithClientHello(at("::ffff:192.0.2.1", 12345));

        assertThat(destinations.decide(at(SERVER, 12345))).isEqualTo(Decision.DEFER);
        assertThat(destinations.decide(at("::ffff:127.0.0.1", 443))).isEqualTo(Decision.LEAVE_ALONE);
    }

    @Test
    void aDestinationIsKnownByItsAddressWhateverItsName() throws UnknownHostException {
        Destinations destinations = destinations();
        byte[] address = InetAddress.getByName(SERVER).getAddress();

        destinations.beganWithClientHello(new InetSocketAddress(InetAddress.getByAddress("one.example", address), 12345));

        InetSocketAddress byOtherName = new InetSocketAddress(InetAddress.getByAddress("two.example", address), 12345);
        assertThat(destinations.decide(byOtherName)).isEqualTo(Decision.DEFER);
    }

    @Test
    void theMemoryIsBoundedAndKeepsTheLatest() {
        Destinations destinations = destinations();

        for (int i = 0; i < Destinations.MAX_REMEMBERED + 500; i++) {
            InetSocketAddress latest = at("10.0." + i / 256 + "." + i % 256, 12345);
            destinations.beganWithClientHello(latest);
            assertThat(destinations.decide(latest)).isEqualTo(Decision.DEFER);
        }

        assertThat(destinations.size()).isEqualTo(Destinations.MAX_REMEMBERED);
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
