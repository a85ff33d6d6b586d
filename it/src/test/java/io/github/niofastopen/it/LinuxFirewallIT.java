// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.Selections;
import io.github.niofastopen.it.program.TwoFlights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Firewalls of Linux, at either end. */
@LabTest
class LinuxFirewallIT {
    private static final int CONNECTIONS = 3;
    private static final String STRICT = "sysctl -qw net.netfilter.nf_conntrack_tcp_loose=0"
        + " && nft add table inet t"
        + " && nft 'add chain inet t in { type filter hook input priority 0; policy drop; }'"
        + " && nft 'add chain inet t out { type filter hook output priority 0; policy accept; }'"
        + " && nft add rule inet t in ct state established,related accept"
        + " && nft add rule inet t in icmpv6 type nd-neighbor-solicit accept"
        + " && nft add rule inet t in ct state invalid counter drop"
        + " && nft add rule inet t out ct state invalid counter drop";
    private static final String NONE_INVALID = "ct state invalid counter packets 0 bytes 0 drop";

    /** SYNs with data, as some hardening has it. */
    private static final String NO_DATA_IN_SYNS = "nft add table inet t"
        + " && nft 'add chain inet t out { type filter hook output priority 0; policy accept; }'"
        + " && nft 'add rule inet t out tcp flags & (syn | ack) == syn meta length > 120 counter drop'";

    private static final String ICMP_FOR_DATA_IN_SYNS = "nft add table inet t"
        + " && nft 'add chain inet t in { type filter hook input priority 0; policy accept; }'"
        + " && nft 'add rule inet t in tcp flags & (syn | ack) == syn meta length > 120 reject with icmpx type admin-prohibited'";
    private static final String REJECTED_HERE = "nft add table inet t"
        + " && nft 'add chain inet t out { type filter hook output priority 0; policy accept; }'"
        + " && nft add rule inet t out tcp dport " + Path50.TLS_PORT + " reject with icmpx type port-unreachable";
    /** One for each that connects or has something to read, and some that find nothing. */
    private static final int FEW_SELECTIONS = 10;

    @BeforeAll
    static void needsNft() {
        assumeTrue(Stream.of("/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft").map(Path::of).anyMatch(Files::exists), "nft isn't installed");
    }

    /** What takes the place of a connection, and the reset that ends the other, are of connections that it knows. */
    @ParameterizedTest
    @ValueSource(strings = {"", "drop-server-data"})
    void takesNothingForInvalid(String fault) throws IOException {
        // when
        LabRun run = behind(STRICT, fault);

        // then
        assertAnsweredAfterTrying(run);
        assertThat(run.err()).as(run.toString()).filteredOn(line -> line.contains("ct state invalid"))
            .hasSize(2).allMatch(line -> line.contains(NONE_INVALID));
    }

    /** The kernel itself sends an ordinary SYN then (net/ipv4/tcp_output.c, tcp_send_syn_data). */
    @Test
    void thatLetsNoSynWithDataOutCostsNothingButFastOpen() throws IOException {
        // when
        LabRun run = behind(NO_DATA_IN_SYNS, "");

        // then
        assertAnswered(run);
        assertThat(run.flows()).as(run.toString()).hasSize(1 + CONNECTIONS).noneMatch(Flow::synCarriesClientHello);
        assertThat(run.err()).as(run.toString()).anyMatch(line -> line.contains("drop")).noneMatch(line -> line.contains("packets 0 "));
    }

    /** What ICMP tells of a connection stays with the descriptor, whatever connection that has later. */
    @Test
    void thatAnswersSynsWithDataByIcmpDoesNotMakeSelectorsSpin() throws IOException {
        // when
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS)
            .far(Path50.echoServer().startedBy("sh", "-c", ICMP_FOR_DATA_IN_SYNS + " && exec \"$@\"", "sh"))
            .near(JavaProgram.of(Selections.class).withSwitch().option("-Xcheck:jni")
                .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS).arguments(Path50.FAR, Path50.TLS_PORT, 2)));

        // then: the second was recovered
        assertThat(run.flows()).as(run.toString()).hasSize(3).extracting(Flow::synCarriesClientHello).containsExactly(false, true, false);
        assertThat(run.out()).as(run.toString()).hasSize(2).allMatch(count -> Integer.parseInt(count) <= FEW_SELECTIONS);
    }

    /** A refusal comes while the SYN is being sent, and changes nothing but the socket's error. */
    @Test
    void ofThisMachineThatRejectsSynsIsToldAtOnceAndDoesNotMakeSelectorsSpin() throws IOException {
        // when
        LabRun jdks = rejectedHere(JavaProgram.of(Selections.class));
        LabRun ours = rejectedHere(JavaProgram.of(Selections.class).withSwitch().option("-Xcheck:jni"));

        // then: the first is one of which nothing is known, the second one that is doubted, and the JDK's connect tells of
        assertThat(ours.flows()).as(ours.toString()).isEmpty();
        assertThat(ours.out()).as(ours.toString()).hasSize(2)
            .allSatisfy(line -> assertThat(Integer.parseInt(line.split(" ")[0])).isLessThanOrEqualTo(FEW_SELECTIONS));
        assertThat(ours.out().get(0)).endsWith(" Connection refused");
        assertThat(failure(ours.out().get(1))).isEqualTo(failure(jdks.out().get(1))).startsWith("Connection refused");
    }

    /** Newer JDKs say more where connect(2) itself fails. */
    private static String failure(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    private static LabRun rejectedHere(JavaProgram client) throws IOException {
        return Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer())
            .near(client.startedBy("sh", "-c", REJECTED_HERE + " && exec \"$@\"", "sh").arguments(Path50.FAR, Path50.TLS_PORT, 2)));
    }

    private static LabRun behind(String rules, String fault) throws IOException {
        JavaProgram client = JavaProgram.of(TwoFlights.class).withSwitch().option("-Xcheck:jni")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
            .startedBy("sh", "-c", rules + " && \"$@\"; status=$?; nft list table inet t >&2; exit $status", "sh")
            .arguments("blocking", fault, 300, CONNECTIONS, Path50.TLS_PORT, Path50.FAR);
        return Path50.run(Lab.path(Path50.RTT_MILLIS).changingFaults().far(Path50.echoServer()).near(client));
    }

    private static void assertAnsweredAfterTrying(LabRun run) {
        assertAnswered(run);
        assertThat(run.flows()).as(run.toString()).anyMatch(Flow::synCarriesClientHello);
    }

    private static void assertAnswered(LabRun run) {
        List<String> told = run.out();
        assertThat(told).as(run.toString()).hasSize(CONNECTIONS).noneMatch(line -> line.startsWith("failed"));
    }
}
