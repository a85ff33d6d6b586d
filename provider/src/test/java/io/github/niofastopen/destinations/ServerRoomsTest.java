// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.linux.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerRoomsTest {
    private static final int PORT = 443;
    private static final byte[] IPV4 = {(byte) 192, 0, 2, 1};
    private static final byte[] IPV6 = {0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private int routeMtu = Route.UNKNOWN;
    private int linkMtu = 1500;
    private int segment = SynRooms.UNKNOWN;
    private long now;
    private final OwnAddresses ownAddresses = new OwnAddresses(() -> now) {
        @Override
        Route routeTo(InetAddress address) {
            return new Route(null, false, 2, routeMtu);
        }
    };
    private final SynRooms synRooms = new SynRooms(ownAddresses, () -> now) {
        @Override
        int mtuOf(int interfaceIndex) throws IOException {
            if (linkMtu < 0) {
                throw new IOException("no descriptor is left");
            }
            return linkMtu;
        }

        @Override
        int segmentOf(InetAddress remote) {
            return segment;
        }
    };
    private final Flights flights = new Flights(Configuration.from(new Properties()), () -> now);
    private final ServerRooms rooms = new ServerRooms(flights, synRooms);

    @Test
    void aServerToWhichNoConnectWasHeldBackHasNone() {
        assertThat(rooms.areTooSmall("example.org", PORT, 1 << 20)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"example.org", "Example.ORG"})
    void oneToWhichAConnectWasHeldBackHasWhatTheKernelReckons(String host) throws UnknownHostException {
        // when
        rooms.held(new InetSocketAddress(InetAddress.getByAddress("example.org", IPV4), PORT));

        // then
        assertThat(rooms.areTooSmall(host, PORT, 1421)).isTrue();
        assertThat(rooms.areTooSmall(host, PORT, 1420)).isFalse();
        assertThat(rooms.areTooSmall(host, 8443, 1421)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2001:db8::1", "[2001:db8::1]", "2001:DB8:0:0:0:0:0:1"})
    void anAddressIsFoundHoweverItIsWritten(String host) throws UnknownHostException {
        // when
        rooms.held(new InetSocketAddress(InetAddress.getByAddress(IPV6), PORT));

        // then
        assertThat(rooms.areTooSmall(host, PORT, 1401)).isTrue();
        assertThat(rooms.areTooSmall(host, PORT, 1400)).isFalse();
    }

    @Test
    void whereTheNextConnectIsntHeldBackItHasNone() throws UnknownHostException {
        // given
        InetSocketAddress remote = new InetSocketAddress(InetAddress.getByAddress("example.org", IPV4), PORT);
        rooms.held(remote);

        // when
        rooms.notHeld(remote);

        // then
        assertThat(rooms.areTooSmall("example.org", PORT, 1421)).isFalse();
    }

    @Test
    void whatASynHasHeldIsKnownBetter() throws UnknownHostException {
        // given
        InetSocketAddress remote = new InetSocketAddress(InetAddress.getByAddress("example.org", IPV4), PORT);
        rooms.held(remote);

        // when
        flights.learn(remote, 1620, 1300);

        // then
        assertThat(rooms.areTooSmall("example.org", PORT, 1301)).isTrue();
        assertThat(rooms.areTooSmall("example.org", PORT, 1300)).isFalse();
    }

    @Test
    void whereShorterFlightsAreExpectedTheLastOnesDontCount() throws UnknownHostException {
        // given
        InetSocketAddress remote = new InetSocketAddress(InetAddress.getByAddress("example.org", IPV4), PORT);
        flights.learn(remote, 1620, 1420);

        // when
        rooms.expectShorter("example.org", PORT);

        // then
        assertThat(flights.isTooLarge(remote)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 1500, 0, 1420", "1400, 1500, 0, 1320", "0, 9001, 0, 8921", "0, 9001, 1460, 1420", "0, 1500, 8961, 1420"})
    void theKernelReckonsByRouteInterfaceAndSegment(int ofRoute, int ofLink, int ofSegment, int room) throws UnknownHostException {
        // when
        routeMtu = ofRoute;
        linkMtu = ofLink;
        segment = ofSegment == 0 ? SynRooms.UNKNOWN : ofSegment;

        // then
        assertThat(synRooms.towards(InetAddress.getByAddress(IPV4))).isEqualTo(room);
    }

    @Test
    void itIsAskedAgainAfterAWhileAndWhereItDoesntTellNothingIsTooLong() throws UnknownHostException {
        // given
        InetAddress remote = InetAddress.getByAddress(IPV4);
        assertThat(synRooms.towards(remote)).isEqualTo(1420);

        // when
        linkMtu = -1;

        // then
        assertThat(synRooms.towards(remote)).isEqualTo(1420);

        // when
        now += SynRooms.KEEP_NANOS;

        // then
        assertThat(synRooms.towards(remote)).isEqualTo(SynRooms.UNKNOWN);
    }
}
