// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.linux.NativeLibrary;
import io.github.niofastopen.linux.NetlinkUnavailableException;
import io.github.niofastopen.linux.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {
    private static final InetAddress HOME = address("192.168.1.20");
    private static final InetAddress TUNNEL = address("10.8.0.2");
    private static final InetAddress CAFE = address("10.0.3.7");
    private static final InetAddress REMOTE = address("203.0.113.9");
    private static final InetAddress REMOTE6 = address("2001:db8::9");

    private final AtomicLong clock = new AtomicLong();
    private final Map<InetAddress, Route> routes = new HashMap<>();
    private final List<InetAddress> asked = new ArrayList<>();
    private final List<InetAddress> gone = new ArrayList<>();
    private Exception failure;
    private final OwnAddresses own = new OwnAddresses(clock::get) {
        @Override
        Route routeTo(InetAddress address) throws IOException {
            asked.add(address);
            if (failure instanceof IOException) {
                throw (IOException) failure;
            }
            if (failure != null) {
                throw (RuntimeException) failure;
            }
            return routes.getOrDefault(address, Route.NONE);
        }
    };

    @BeforeAll
    static void loadLibrary() throws NativeLibrary.UnavailableException {
        NativeLibrary.load(null);
    }

    @Test
    void everyAddressOfEveryInterfaceIsOwnByEitherWayOfAsking() throws Exception {
        List<InetAddress> addresses =
            NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();

        assertThat(addresses).isNotEmpty().allMatch(new OwnAddresses(clock::get))
            .allSatisfy(address -> assertThat(RouteByBinding.to(address).isLocal()).isTrue());
    }

    @Test
    void allOfLoopbackIsOwnAndTheWildcardIsNot() {
        assertThat(new OwnAddresses(clock::get)).accepts(address("127.0.0.1"), address("127.9.9.9"))
            .rejects(address("0.0.0.0"), address("::"));
    }

    @Test
    void aDocumentationAddressIsNotByEitherWayOfAsking() throws Exception {
        assertThat(new OwnAddresses(clock::get)).rejects(REMOTE, REMOTE6);
        assertThat(RouteByBinding.to(REMOTE).isLocal()).isFalse();
        assertThat(RouteByBinding.to(REMOTE6).isLocal()).isFalse();
    }

    @Test
    void bothWaysAgreeWhereAConnectionLeaves() throws Exception {
        InetAddress byRoute = new OwnAddresses(clock::get).towards(REMOTE);

        assertThat(RouteByBinding.to(REMOTE).source()).isEqualTo(byRoute);
    }

    @Test
    void anAnswerIsKeptForAWhile() {
        // given
        routes.put(REMOTE, from(HOME));
        own.towards(REMOTE);
        own.test(REMOTE);
        clock.addAndGet(OwnAddresses.KEEP_NANOS - 1);
        own.test(REMOTE);
        int before = asked.size();

        // when
        clock.addAndGet(1);
        own.test(REMOTE);

        // then
        assertThat(before).isOne();
        assertThat(asked).containsExactly(REMOTE, REMOTE);
    }

    @Test
    void aLocalAddressThatIsGoneIsToldOnceADestinationIsReachedFromAnother() {
        // given
        own.onGone(gone::add);
        routes.put(HOME, new Route(HOME, true));
        routes.put(REMOTE, from(HOME));
        boolean before = own.test(HOME);
        own.towards(REMOTE);

        // when: this machine is carried somewhere else
        routes.remove(HOME);
        routes.put(REMOTE, from(CAFE));
        clock.addAndGet(OwnAddresses.KEEP_NANOS);
        InetAddress then = own.towards(REMOTE);

        // then
        assertThat(before).isTrue();
        assertThat(then).isEqualTo(CAFE);
        assertThat(gone).containsExactly(HOME);
        assertThat(own.test(HOME)).isFalse();
    }

    @Test
    void anAddressThatIsStillThereIsNotGoneThoughConnectionsLeaveFromAnother() {
        // given
        own.onGone(gone::add);
        routes.put(HOME, new Route(HOME, true));
        routes.put(REMOTE, from(HOME));
        own.towards(REMOTE);

        // when: a tunnel comes up
        routes.put(TUNNEL, new Route(TUNNEL, true));
        routes.put(REMOTE, from(TUNNEL));
        clock.addAndGet(OwnAddresses.KEEP_NANOS);

        // then
        assertThat(own.towards(REMOTE)).isEqualTo(TUNNEL);
        assertThat(gone).isEmpty();
    }

    @Test
    void anAddressThatComesOrGoesElsewhereIsOfNoAccount() {
        // given
        own.onGone(gone::add);
        routes.put(REMOTE, from(HOME));
        routes.put(TUNNEL, new Route(TUNNEL, true));
        own.towards(REMOTE);
        own.test(TUNNEL);

        // when
        routes.remove(TUNNEL);
        routes.put(CAFE, new Route(CAFE, true));
        clock.addAndGet(OwnAddresses.KEEP_NANOS);
        own.towards(REMOTE);
        own.test(TUNNEL);

        // then
        assertThat(gone).isEmpty();
    }

    @Test
    void whatCannotBeAskedForNowIsAsItWasAndAskedForAgain() {
        // given
        routes.put(REMOTE, from(HOME));
        own.towards(REMOTE);
        clock.addAndGet(OwnAddresses.KEEP_NANOS);

        // when
        failure = new IOException("socket(AF_NETLINK): EMFILE");
        InetAddress meanwhile = own.towards(REMOTE);
        failure = null;
        routes.put(REMOTE, from(CAFE));

        // then
        assertThat(meanwhile).isEqualTo(HOME);
        assertThat(own.towards(REMOTE)).isEqualTo(CAFE);
    }

    @Test
    void noConnectFailsForWantOfAnAnswer() {
        // given
        failure = new UnsupportedOperationException("IPv6 not available");

        // when
        boolean isOwn = own.test(REMOTE6);

        // then
        assertThat(isOwn).isFalse();
    }

    @Test
    void whereNetlinkIsRefusedItIsNotAskedAgainAndTheMachineKnowsItselfAllTheSame() {
        // given
        failure = new NetlinkUnavailableException(new IOException("refused"));

        // when
        boolean loopback = own.test(address("127.0.0.1"));
        boolean remote = own.test(REMOTE);

        // then
        assertThat(loopback).isTrue();
        assertThat(remote).isFalse();
        assertThat(asked).containsExactly(address("127.0.0.1"));
    }

    private static Route from(InetAddress source) {
        return new Route(source, false);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal + " is no literal address", e);
        }
    }
}
