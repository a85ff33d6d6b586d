// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static io.github.niofastopen.it.program.Scenario.ADAPTOR_STREAMS;
import static io.github.niofastopen.it.program.Scenario.ADAPTOR_TIMEOUT;
import static io.github.niofastopen.it.program.Scenario.BLOCKING_DIRECT;
import static io.github.niofastopen.it.program.Scenario.BLOCKING_HEAP;
import static io.github.niofastopen.it.program.Scenario.BLOCKING_LARGE;
import static io.github.niofastopen.it.program.Scenario.CHANNELS_STREAMS;
import static io.github.niofastopen.it.program.Scenario.FILE_FIRST;
import static io.github.niofastopen.it.program.Scenario.GATHERING;
import static io.github.niofastopen.it.program.Scenario.HALF_CLOSE_AFTER_HELLO;
import static io.github.niofastopen.it.program.Scenario.IPV4_SOCKET;
import static io.github.niofastopen.it.program.Scenario.PLAIN_TEXT;
import static io.github.niofastopen.it.program.Scenario.PLAIN_TEXT_SELECTOR;
import static io.github.niofastopen.it.program.Scenario.SELECTOR_CONNECT_IGNORED;
import static io.github.niofastopen.it.program.Scenario.SELECTOR_LARGE;
import static io.github.niofastopen.it.program.Scenario.SHUT_DOWN_WHILE_CONNECTING;
import static io.github.niofastopen.it.program.Scenario.TRANSFER_WHILE_CONNECTING;
import static io.github.niofastopen.it.program.Scenario.URGENT_DATA_WHILE_CONNECTING;
import static io.github.niofastopen.it.program.Scenario.WRITE_WHILE_CONNECTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.Scenario;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** What a first write of each kind puts on the wire, when the kernel has a cookie for the destination. */
@LabTest
class FirstWriteIT {
    /** 1500 bytes of MTU, less 40 of IP and TCP header and 40 of TCP options at most: what one SYN holds over IPv4. */
    private static final int SYN_CAPACITY = 1420;

    @ParameterizedTest
    @ScenarioSource({BLOCKING_HEAP, BLOCKING_DIRECT, IPV4_SOCKET, GATHERING, SELECTOR_CONNECT_IGNORED,
        ADAPTOR_STREAMS, CHANNELS_STREAMS, HALF_CLOSE_AFTER_HELLO})
    void aClientHelloRidesInTheSyn(Scenario scenario) throws IOException {
        // when
        LabRun run = Path50.run(scenario);

        // then
        Flow flow = run.flows().get(1);
        assertThat(flow.cookie()).as(run.toString()).isEqualTo("sent");
        assertThat(flow.synCarriesClientHello()).as(run.toString()).isTrue();
        assertThat(flow.synPayload()).isEqualTo(300);
        assertThat(flow.nearBytes()).isEqualTo(300);
        assertThat(flow.syns()).isEqualTo(1);
        assertThat(flow.synDataWasAcknowledged()).isTrue();
    }

    @ParameterizedTest
    @ScenarioSource({BLOCKING_LARGE, SELECTOR_LARGE, ADAPTOR_TIMEOUT})
    void aClientHelloLargerThanOneSegmentFillsTheSynAndFollowsWhole(Scenario scenario) throws IOException {
        // when
        LabRun run = Path50.run(scenario);

        // then
        Flow flow = run.flows().get(1);
        assertThat(flow.synCarriesClientHello()).as(run.toString()).isTrue();
        assertThat(flow.synPayload()).isBetween(SYN_CAPACITY - 40, SYN_CAPACITY);
        assertThat(flow.nearBytes()).isEqualTo(4000);
        assertThat(flow.farBytes()).isEqualTo(4000);
    }

    @Test
    void aClientHelloRidesInTheSynOverIpv6() throws IOException {
        // when
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer())
            .near(Path50.client(Path50.FAR6, BLOCKING_HEAP)));

        // then
        assertThat(run.flows().get(1).farAddress()).isEqualTo("[2001:db8::2]");
        assertThat(run.flows().get(1).synCarriesClientHello()).as(run.toString()).isTrue();
    }

    @ParameterizedTest
    @ScenarioSource({PLAIN_TEXT, PLAIN_TEXT_SELECTOR, FILE_FIRST})
    void whatIsNoClientHelloNeverRidesInASyn(Scenario scenario) throws IOException {
        // when
        LabRun run = Path50.run(scenario);

        // then: deferred, so the cookie was sent, but without data
        Flow flow = run.flows().get(1);
        assertThat(flow.cookie()).as(run.toString()).isEqualTo("sent");
        assertThat(flow.synPayload()).isZero();
        assertThat(flow.syns()).isEqualTo(1);
    }

    /** With every destination deferred, each of the scenario's connections is. */
    @ParameterizedTest
    @ScenarioSource({WRITE_WHILE_CONNECTING, TRANSFER_WHILE_CONNECTING, URGENT_DATA_WHILE_CONNECTING, SHUT_DOWN_WHILE_CONNECTING})
    void whatAnotherThreadWritesOrEndsWhileOneConnectsFollowsASynWithoutData(Scenario scenario) throws IOException {
        // when
        LabRun run = Path50.run(Lab.path(10).far(Path50.echoServer())
            .near(Path50.client(Path50.FAR, scenario).property("niofastopen.defer", "always")));

        // then
        assertThat(run.flows()).extracting(Flow::cookie).filteredOn("sent"::equals).hasSizeGreaterThan(20);
        assertThat(run.flows()).as(run.toString()).allMatch(flow -> flow.synPayload() == 0);
    }

    @Test
    void anyFirstWriteRidesWhereThatIsAskedFor() throws IOException {
        // when
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer())
            .near(Path50.client(Path50.FAR, PLAIN_TEXT, PLAIN_TEXT).property("niofastopen.firstWrite", "any")));

        // then
        assertThat(run.flows()).as(run.toString()).extracting(Flow::synPayload)
            .containsExactly(0, "EHLO lab\r\n".length(), "EHLO lab\r\n".length());
    }

    @Test
    void anExcludedDestinationIsNotDeferred() throws IOException {
        // when
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer())
            .near(Path50.client(Path50.FAR, BLOCKING_HEAP).property("niofastopen.exclude", "192.0.2.0/24:443")));

        // then
        assertThat(run.flows()).as(run.toString()).extracting(Flow::cookie).containsExactly("none", "none");
    }

    @Test
    void afterAFirstWriteThatIsNoClientHelloTheDestinationIsNotDeferredAnyMore() throws IOException {
        // when
        LabRun run = Path50.run(PLAIN_TEXT, PLAIN_TEXT, PLAIN_TEXT);

        // then
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("asked", "sent", "none", "none");
    }
}
