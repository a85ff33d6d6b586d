// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.tls.ClientHelloParts;
import io.github.niofastopen.tls.HelloBytes;
import io.github.niofastopen.tool.doctor.Finding.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a ClientHello and of the ways off a machine. */
class HelloFindingTest {
    private static final Route IPV4 = new Route("eth0", false, 1500);
    private static final Route IPV6 = new Route("eth0", true, 1500);
    private static final Route JUMBO = new Route("eth1", false, 9001);

    private static final ClientHelloParts POST_QUANTUM = hello(HelloBytes.supportedGroups(0x11ec, 0x1d, 0x17, 0x18),
        HelloBytes.keyShares(HelloBytes.share(0x11ec, 1216), HelloBytes.share(0x1d, 32)), HelloBytes.extension(13, new byte[200]));
    private static final ClientHelloParts CLASSICAL = hello(HelloBytes.supportedGroups(0x1d, 0x17),
        HelloBytes.keyShares(HelloBytes.share(0x1d, 32), HelloBytes.share(0x17, 65)));

    @ParameterizedTest
    @CsvSource({"false, 1500, 1420", "true, 1500, 1400", "false, 1460, 1380", "false, 9001, 8921"})
    void oneSynHoldsWhatHeadersAndOptionsLeave(boolean ipv6, int mtu, int room) {
        assertThat(new Route("eth0", ipv6, mtu).synRoom()).isEqualTo(room);
    }

    @Test
    void aHelloThatFitsLeavesRoomForATicket() {
        // when
        Finding finding = finding(CLASSICAL, 17, IPV4, IPV6);

        // then: by the narrower one
        assertThat(finding.state()).isEqualTo(State.OK);
        assertThat(finding.text()).contains(" has " + CLASSICAL.totalBytes() + " bytes, with key shares of x25519 (32) and secp256r1 (65);"
            + " one SYN holds 1400 (IPv6 over eth0, MTU 1500), which leaves " + (1400 - CLASSICAL.totalBytes()) + " ")
            .endsWith("; it offers no post-quantum group");
        assertThat(finding.remedy()).isEmpty();
    }

    @Test
    void oneThatFitsNoSynStopsFastOpen() {
        // when
        Finding finding = finding(POST_QUANTUM, 27, IPV4, IPV6);

        // then
        assertThat(finding.state()).isEqualTo(State.STOPS);
        assertThat(finding.text()).contains("X25519MLKEM768 (1216) and x25519 (32)").contains("at most 1420 (IPv4 over eth0, MTU 1500)");
    }

    @Test
    void eachRemedyTellsWhatBecomesOfSecrecy() {
        // when
        List<String> remedies = finding(POST_QUANTUM, 27, IPV4, IPV6).remedy();

        // then
        assertThat(remedies).satisfiesExactly(
            agent -> assertThat(agent).startsWith("java -javaagent:").contains("post-quantum secrecy stays with servers that have it"),
            order -> assertThat(order).startsWith("java -Djdk.tls.namedGroups=x25519,secp256r1,X25519MLKEM768,secp384r1 ")
                .contains("post-quantum secrecy is lost with servers that"),
            page -> assertThat(page).contains("docs/post-quantum.md"),
            mtu -> assertThat(mtu).contains("MTU of " + (POST_QUANTUM.totalBytes() + 80)).contains("no secrecy is lost"));
    }

    @Test
    void oneThatFitsOnceItsSharesArePredictedStopsNothing() {
        // when
        Finding finding = new HelloFinding(POST_QUANTUM, List.of(IPV4, IPV6), 27, true).finding();

        // then
        assertThat(finding.state()).isEqualTo(State.NOTE);
        assertThat(finding.text()).contains("at most 1420 (IPv4 over eth0, MTU 1500)").contains("this JVM predicts key shares")
            .contains("about " + (POST_QUANTUM.totalBytes() - 1216 + 65) + ", ").contains("post-quantum secrecy stays with servers that have it");
    }

    @Test
    void oneThatFitsNotEvenSoStopsFastOpen() {
        assertThat(new HelloFinding(POST_QUANTUM, List.of(new Route("eth0", false, 300)), 27, true).finding().state()).isEqualTo(State.STOPS);
    }

    @Test
    void beforeJdk27TheAgentPredictsNothing() {
        assertThat(finding(POST_QUANTUM, 26, IPV4).remedy()).noneMatch(remedy -> remedy.contains("-javaagent"));
    }

    @Test
    void whereKeySharesAreNotWhatMakesItLongTheyAreNoRemedy() {
        // given: the names of many authorities
        ClientHelloParts long47 = hello(HelloBytes.supportedGroups(0x1d), HelloBytes.extension(47, new byte[1400]));

        // when
        Finding finding = finding(long47, 27, IPV4);

        // then
        assertThat(finding.remedy()).singleElement().satisfies(mtu -> assertThat(mtu).contains("an MTU of "));
        assertThat(finding.details()).contains("certificate_authorities 1404", "groups offered: x25519");
    }

    @Test
    void oneThatFitsSomeSynsIsWorthANote() {
        // when
        Finding finding = finding(POST_QUANTUM, 27, IPV4, JUMBO);

        // then
        assertThat(finding.state()).isEqualTo(State.NOTE);
        assertThat(finding.text()).endsWith("not those by 1420 (IPv4 over eth0, MTU 1500)");
        assertThat(finding.remedy()).hasSize(4);
    }

    @Test
    void withoutAWayOffThisMachineNothingCanBeTold() {
        assertThat(finding(POST_QUANTUM, 27).state()).isEqualTo(State.NOTE);
    }

    @Test
    void whatThisJvmMakesCanBeRead() {
        assertThat(HelloFinding.ofThisJvm().text()).startsWith("this JVM's default one to www.example.org has ");
    }

    private static Finding finding(ClientHelloParts hello, int javaFeature, Route... routes) {
        return new HelloFinding(hello, List.of(routes), javaFeature, false).finding();
    }

    private static ClientHelloParts hello(byte[]... extensions) {
        byte[] bytes = HelloBytes.clientHello(extensions);
        return ClientHelloParts.read(bytes, 0, bytes.length);
    }
}
