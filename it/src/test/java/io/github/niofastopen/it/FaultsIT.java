// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.lab.Packet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each of the lab's faults does to packets what its name says, and nothing else: what one end sent is compared with what
 * the other got. The clients use plain sockets, of which the first that is "fast" asks for a cookie, and the second puts
 * data into its SYN.
 */
@LabTest
@Tag("full")
class FaultsIT {
    private static final String FAR = Path50.FAR;
    private static final String FAR6 = Path50.FAR6;
    private static final int MTU = 1300;
    private static final long PENALTY_SECONDS = 2;

    /** Which packets of a run a fault is for. */
    interface Effect {
        Predicate<Packet> in(Traffic traffic);
    }

    static Stream<Arguments> losses() {
        return onBothFamilies(
            fault("drop-syn-data", "fast wait=300 fast plain", FaultsIT::synsWithData,
                "fast answered answered", "fast silent -", "plain answered answered"),
            fault("drop-syn-cookie", "fast wait=300 fast plain", traffic -> packet -> packet.isSyn() && packet.hasCookie(),
                "fast answered answered", "fast silent -", "plain answered answered"),
            fault("drop-syn-option", "wait=300 fast plain", traffic -> packet -> packet.isSyn() && packet.hasFastOpenOption(),
                "fast silent -", "plain answered answered"),
            fault("drop-syn-ecn", "fast plain", traffic -> Packet::asksForEcn,
                "fast answered answered", "plain answered answered"),
            fault("drop-first-syn", "fast plain", FaultsIT::firstSyns,
                "fast answered answered", "plain answered answered"),
            fault("drop-first-synack", "fast plain", FaultsIT::firstSynAcks,
                "fast answered answered", "plain answered answered"),
            fault("drop-client-rest", "fast wait=3000 fast plain", FaultsIT::clientsRest,
                "fast answered answered", "fast answered silent", "plain answered answered"),
            fault("drop-client-data", "fast wait=3000 fast plain", traffic -> clientsRest(traffic).and(FaultsIT::hasData),
                "fast answered answered", "fast answered silent", "plain answered answered"),
            fault("drop-server-rest", "fast wait=300 fast plain", FaultsIT::serversRest,
                "fast answered answered", "fast silent -", "plain answered answered"),
            fault("drop-server-data", "fast wait=300 fast plain", traffic -> serversRest(traffic).and(FaultsIT::hasData),
                "fast answered answered", "fast silent -", "plain answered answered"),
            fault("punish=" + PENALTY_SECONDS, "fast wait=600 fast wait=300 plain plain plain", FaultsIT::synsOfThePunished,
                "fast answered answered", "fast silent -", "plain silent -", "plain answered answered", "plain answered answered"),
            fault("mtu-hole=" + MTU, "fast bytes=1350 wait=300 fast wait=300 plain bytes=1200 plain", traffic -> packet -> packet.length() > MTU,
                "fast answered answered", "fast silent -", "plain silent -", "plain answered answered"),
            fault("dead-after=1", "fast wait=300 plain", FaultsIT::synsButTheFirst, "fast answered answered", "plain silent -"),
            fault("dead", "wait=300 fast wait=300 plain", traffic -> packet -> true, "fast silent -", "plain silent -"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("losses")
    void losesWhatItIsForAndNothingElse(String fault, String far, String words, Effect effect, List<String> told)
            throws IOException {
        // when
        LabRun run = run(fault, far, words);

        // then
        Traffic traffic = Traffic.of(run);
        assertThat(run.out()).as(run.toString()).isEqualTo(told);
        assertThat(traffic.lost()).isNotEmpty().containsExactlyInAnyOrderElementsOf(traffic.sent(effect.in(traffic)));
        assertThat(traffic.made()).isEmpty();
    }

    static Stream<Arguments> answers() {
        return onBothFamilies(
            fault("rst-syn-data", "fast fast plain", FaultsIT::synsWithData,
                "fast answered answered", "fast refused -", "plain answered answered"),
            fault("rst-client-rest", "fast fast plain",
                traffic -> clientsRest(traffic).and(packet -> !packet.isReset()),
                "fast answered answered", "fast reset -", "plain answered answered"),
            fault("rst-server-data", "fast fast plain", traffic -> serversRest(traffic).and(FaultsIT::hasData),
                "fast answered answered", "fast reset -", "plain answered answered"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("answers")
    void makesResetsOfWhatItIsForAndOfNothingElse(String fault, String far, String words, Effect effect,
            List<String> told) throws IOException {
        // when
        LabRun run = run(fault, far, words);

        // then: a reset for each
        Traffic traffic = Traffic.of(run);
        assertThat(run.out()).as(run.toString()).isEqualTo(told);
        assertThat(traffic.lost()).isNotEmpty().containsExactlyInAnyOrderElementsOf(traffic.sent(effect.in(traffic)));
        assertThat(traffic.made()).hasSameSizeAs(traffic.lost())
            .allMatch(Packet::isReset).allMatch(Packet::hasRightChecksum).noneMatch(FaultsIT::hasData);
        assertThat(traffic.made()).extracting(Packet::connection)
            .containsExactlyInAnyOrderElementsOf(traffic.lost().stream().map(Packet::connection).toList());
    }

    static Stream<Arguments> changes() {
        return onBothFamilies(
            fault("strip-data", "fast fast plain", FaultsIT::synsWithData,
                "fast answered answered", "fast answered answered", "plain answered answered"),
            fault("strip-option", "fast plain",
                traffic -> packet -> (packet.isSyn() || packet.isSynAck()) && packet.hasFastOpenOption(),
                "fast answered answered", "plain answered answered"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("changes")
    void changesWhatItIsForAndNothingElse(String fault, String far, String words, Effect effect, List<String> told)
            throws IOException {
        // when
        LabRun run = run(fault, far, words);

        // then: something else arrived for each
        Traffic traffic = Traffic.of(run);
        assertThat(run.out()).as(run.toString()).isEqualTo(told);
        assertThat(traffic.lost()).isNotEmpty().containsExactlyInAnyOrderElementsOf(traffic.sent(effect.in(traffic)));
        assertThat(traffic.made()).extracting(Packet::sequence)
            .containsExactlyInAnyOrderElementsOf(traffic.lost().stream().map(Packet::sequence).toList());
        assertThat(traffic.made()).noneMatch(effect.in(traffic)::test).allMatch(Packet::hasRightChecksum);
    }

    @ParameterizedTest
    @ValueSource(strings = {FAR, FAR6})
    void tellsWhoSendsTooLongPacketsOfTheMtu(String far) throws IOException {
        // when
        LabRun run = run("mtu=" + MTU, far, "fast bytes=1350 fast fast plain");

        // then: nobody waits, and the second SYN with data has less of it
        Traffic traffic = Traffic.of(run);
        assertThat(run.out()).as(run.toString()).hasSize(4).allMatch(line -> line.endsWith(" answered answered"));
        assertThat(traffic.lost()).isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(traffic.sent(packet -> packet.length() > MTU));
        assertThat(traffic.made()).hasSameSizeAs(traffic.lost()).extracting(Packet::toldMtu).containsOnly(MTU);
        assertThat(traffic.made()).allMatch(Packet::hasRightChecksum);
        assertThat(traffic.sent(synsWithData(traffic))).hasSize(2).satisfiesExactly(
            tooLong -> assertThat(tooLong.dataLength()).isEqualTo(1350),
            next -> assertThat(next.length()).isLessThanOrEqualTo(MTU));
    }

    private static LabRun run(String fault, String far, String words) throws IOException {
        List<String> client = new ArrayList<>(List.of("sh", "-c", "echo 1 > /proc/sys/net/ipv4/tcp_ecn && exec \"$@\"", "sh"));
        client.addAll(Lab.raw("talk", far, Path50.TLS_PORT));
        client.addAll(List.of(words.split(" ")));
        if (!fault.equals("drop-syn-ecn")) {
            client.subList(0, 4).clear();
        }
        return Path50.run(Lab.path(0).capturing().option("--fault", fault).far(Lab.raw("serve", Path50.TLS_PORT)).near(client));
    }

    private static Predicate<Packet> synsWithData(Traffic traffic) {
        return packet -> packet.isSyn() && hasData(packet);
    }

    private static boolean hasData(Packet packet) {
        return packet.dataLength() > 0;
    }

    private static Predicate<Packet> firstSyns(Traffic traffic) {
        return firsts(traffic.sent(Packet::isSyn));
    }

    private static Predicate<Packet> firstSynAcks(Traffic traffic) {
        return firsts(traffic.sent(Packet::isSynAck));
    }

    /** The first of each connection. */
    private static Predicate<Packet> firsts(List<Packet> packets) {
        Set<String> connections = new HashSet<>();
        return packets.stream().filter(packet -> connections.add(packet.connection())).toList()::contains;
    }

    private static Predicate<Packet> synsButTheFirst(Traffic traffic) {
        return packet -> packet.isSyn() && !packet.equals(traffic.sent(Packet::isSyn).get(0));
    }

    private static Predicate<Packet> synsOfThePunished(Traffic traffic) {
        long begin = traffic.sent(synsWithData(traffic)).get(0).micros();
        return packet -> packet.isSyn() && packet.micros() >= begin && packet.micros() < begin + PENALTY_SECONDS * 1_000_000;
    }

    private static Predicate<Packet> clientsRest(Traffic traffic) {
        return packet -> traffic.hasDataInItsSyn(packet) && traffic.isOfTheClient(packet) && !packet.isSyn();
    }

    private static Predicate<Packet> serversRest(Traffic traffic) {
        return packet -> traffic.hasDataInItsSyn(packet) && !traffic.isOfTheClient(packet) && !packet.isSynAck();
    }

    private static Object[] fault(String name, String words, Effect effect, String... told) {
        return new Object[] {name, words, effect, List.of(told)};
    }

    private static Stream<Arguments> onBothFamilies(Object[]... faults) {
        return Stream.of(faults).flatMap(fault -> Stream.of(FAR, FAR6)
            .map(far -> Arguments.of(fault[0], far, fault[1], fault[2], fault[3])));
    }
}
