// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.clients.TlsServer.Choice;
import io.github.niofastopen.clients.wire.Capture;
import io.github.niofastopen.clients.wire.Conversation;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.tls.NamedGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which key shares cost a round trip, and which cost secrecy, read off the wire. */
@Tag("full")
@Tag("clients")
class PostQuantumIT {
    private static final int RTT_MILLIS = 50;
    /** At an MTU of 1500. */
    private static final int SYN_HOLDS = 1420;

    @TempDir
    static Path folder;
    private static Certificate trusted;

    @BeforeAll
    static void prepare() throws IOException {
        Needs.lab();
        trusted = Certificate.createIn(folder);
    }

    @ParameterizedTest
    @EnumSource
    void eachSettingHasItsPrice(TlsServer server) throws IOException, GeneralSecurityException {
        // given
        Path own = Files.createDirectory(folder.resolve(server.name()));
        Path packets = own.resolve("packets");
        List<ShareCase> cases = ShareCase.all();

        // when
        LabRun run = Lab.path(RTT_MILLIS).option("--far-tfo", "0x402").option("--pcap", packets).option("--wait-port", TlsServer.PORT)
            .option("--wait", 120).option("--timeout", 400).far(server.command(own, trusted))
            .nearInTurn(cases.stream().map(each -> each.client(trusted)).toList()).run();

        // then
        assertThat(run.status()).as(run.toString()).isZero();
        List<Conversation> connections = Capture.read(packets, TlsServer.PORT);
        for (ShareCase each : cases) {
            Conversation typical = each.typical(connections);
            assertAsExpected(server.choice, each.setting(), typical, server + " " + each + "\n" + run);
            PostQuantumReport.add(server, each, typical);
        }
    }

    private static void assertAsExpected(Choice choice, ShareSetting setting, Conversation seen, String what) {
        boolean offered = seen.hello().offersPostQuantum();
        boolean sent = seen.hello().sendsPostQuantumShare();
        boolean expected = offered && (choice == Choice.ASKS_FOR_IT || choice == Choice.TAKES_WHAT_IS_SENT && sent);
        assertThat(NamedGroup.isPostQuantum(seen.answer().group())).as(what).isEqualTo(expected);
        assertThat(seen.wasAskedAgain()).as(what).isEqualTo(expected && !sent);
        boolean rides = setting != ShareSetting.WITHOUT && seen.hello().totalBytes() <= SYN_HOLDS;
        // One that doesn't fit is left alone, or a part of it rides in vain.
        assertThat(seen.synPayload()).as(what).isIn(rides ? List.of(seen.hello().totalBytes())
            : setting == ShareSetting.WITHOUT ? List.of(0) : List.of(0, SYN_HOLDS));
        assertThat(seen.roundTrips()).as(what).isEqualTo((rides ? 1 : 2) + (seen.wasAskedAgain() ? 1 : 0));
        assertThat(rides).as(what).isEqualTo(setting != ShareSetting.WITHOUT && !sent);
        assertThat(sent).as(what).isEqualTo(switch (setting) {
            case CLASSICAL_FIRST, CLASSICAL_ALONE -> false;
            case PREDICTED -> choice != Choice.HAS_NONE;
            case WITHOUT, DEFAULT -> offered;
        });
    }

    /** Every change of these makes the page untrue. */
    @ParameterizedTest
    @EnumSource
    void aStacksFirstHelloIsAsLongAsItsShares(TlsStack stack) throws IOException {
        // when
        TlsStack.Hello hello = stack.hello();

        // then
        assertThat(hello.postQuantum()).as(hello.toString()).isEqualTo(stack.expected);
        assertThat(hello.bytes() > SYN_HOLDS).as(hello.toString()).isEqualTo(stack.expected == TlsStack.PostQuantum.SHARE);
        PostQuantumReport.add(stack, hello);
    }

    @AfterAll
    static void report() throws IOException {
        PostQuantumReport.write();
    }
}
