// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the kernel (6.18, x86-64) is asked about a route, and what it answered. */
class RouteTest {
    private static final String TO_LOOPBACK = "680000001800000000000000ab28000002200000fe000002000200800800"
        + "0f00fe000000080001007f0000010800040001000000080007007f000001080019000000000024000c000200000067ed0200"
        + "000000000000000000000000000000000000000000000000";
    private static final String TO_ANOTHER = "680000001800000000000000ab28000002200000fe000001000200000800"
        + "0f00fe00000008000100c0000201080004000400000008000700c0000202080019000000000024000c000200000000000000"
        + "000000000000000000000000000000000000000000000000";

    @BeforeAll
    static void loadLibrary() throws NativeLibrary.UnavailableException {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "netlink is in the machine's byte order, and the answers here aren't");
        NativeLibrary.load(null);
    }

    @Test
    void anAnswerTellsWhetherTheDestinationIsTheMachineItselfAndWhereAConnectionLeaves() throws IOException {
        Route loopback = Route.of(answer(TO_LOOPBACK));
        Route another = Route.of(answer(TO_ANOTHER));

        assertThat(loopback.isLocal()).isTrue();
        assertThat(another.isLocal()).isFalse();
        assertThat(another.source()).isEqualTo(InetAddress.getByName("192.0.2.2"));
        assertThat(loopback.interfaceIndex()).isEqualTo(1);
        assertThat(another.interfaceIndex()).isEqualTo(4);
        assertThat(another.mtu()).isEqualTo(Route.UNKNOWN);
    }

    @Test
    void aQuestionNamesFamilyAndAddress() throws IOException {
        InetAddress remote = InetAddress.getByName("192.0.2.1");

        byte[] request = Netlink.request(26, 1, Route.header(remote), Route.attributes(remote));

        assertThat(HexFormat.of().formatHex(request))
            .isEqualTo("240000001a0001000000000000000000" + "02200000" + "00000000" + "00000000" + "08000100c0000201");
    }

    @Test
    void aQuestionAboutALinkLocalAddressNamesTheInterfaceToo() throws IOException {
        InetAddress remote = Inet6Address.getByAddress(null, InetAddress.getByName("fe80::1").getAddress(), 3);

        byte[] request = Netlink.request(26, 1, Route.header(remote), Route.attributes(remote));

        assertThat(HexFormat.of().formatHex(request)).isEqualTo("380000001a0001000000000000000000" + "0a800000" + "00000000" + "00000000"
            + "14000100fe800000000000000000000000000001" + "0800040003000000");
    }

    @Test
    void thisMachineAnswers() throws IOException {
        assertThat(Route.to(InetAddress.getByName("127.0.0.1")).isLocal()).isTrue();
        assertThat(Route.to(InetAddress.getByName("127.9.9.9")).isLocal()).isTrue();
        assertThat(Route.to(InetAddress.getByName("203.0.113.9")).isLocal()).isFalse();
    }

    @Test
    void aDestinationWithoutARouteHasNoneAndIsNoError() throws IOException {
        // given: class E (RFC 1112), which Linux looks for no route to
        Route route = Route.to(InetAddress.getByName("255.255.255.254"));

        assertThat(route.isLocal()).isFalse();
    }

    private static Netlink.Answer answer(String hex) throws IOException {
        List<Netlink.Answer> answers = new ArrayList<>();
        Netlink.read(Netlink.Protocol.ROUTE, ByteBuffer.wrap(HexFormat.of().parseHex(hex)), answers);
        return answers.get(0);
    }
}
