// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import io.github.niofastopen.tls.ClientHelloParts;
import io.github.niofastopen.tls.HelloBytes;
import io.github.niofastopen.tls.ServerHelloParts;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said where one SYN doesn't hold the ClientHello: each line with what becomes of secrecy. */
class KeyShareAdviceTest {
    private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.2", 443);
    private static final int HYBRID = 0x11ec;
    private static final int X25519 = 0x1d;
    private static final ClientHelloParts DEFAULT = hello(HelloBytes.supportedGroups(HYBRID, X25519),
        HelloBytes.keyShares(HelloBytes.share(HYBRID, 1216), HelloBytes.share(X25519, 32)), HelloBytes.extension(13, new byte[200]));
    private static final ClientHelloParts CLASSICAL = hello(HelloBytes.supportedGroups(X25519, HYBRID), HelloBytes.keyShares(HelloBytes.share(X25519, 32)));
    private static final byte[] TLS12 = HelloBytes.serverHello(HelloBytes.RANDOM, "");
    private static final ServerHelloParts CHOSEN_HYBRID = answer(HelloBytes.RANDOM, HelloBytes.share(HYBRID, 1120));
    private static final ServerHelloParts CHOSEN_X25519 = answer(HelloBytes.RANDOM, HelloBytes.share(X25519, 32));
    private static final ServerHelloParts ASKED_FOR_HYBRID = answer(HelloBytes.RETRY_RANDOM, HelloBytes.u16(HYBRID));

    @Test
    void aServerWithoutPostQuantumGroupsLosesNothingByPrediction() {
        // given
        Handshake predicted = new Handshake(CLASSICAL, null, CHOSEN_X25519);

        // when
        List<String> advice = advice(27, new Handshake(DEFAULT, null, CHOSEN_X25519), predicted, predicted);

        // then: the order loses something with others
        assertThat(advice).satisfiesExactly(
            agent -> assertThat(agent).startsWith("java -javaagent:nio-fastopen.jar ").contains("saves 50.0 ms")
                .contains("no secrecy is lost: this server has chosen x25519, though it was sent a share of X25519MLKEM768"),
            order -> assertThat(order).startsWith("java -Djdk.tls.namedGroups=x25519,X25519MLKEM768 ")
                .contains("saves 50.0 ms; no secrecy is lost with this server, but post-quantum secrecy is with others that take a share they are sent"),
            page -> assertThat(page).startsWith("docs/post-quantum.md"),
            mtu -> assertThat(mtu).contains("larger by " + (DEFAULT.totalBytes() - 1420) + " bytes").contains("no secrecy is lost"));
    }

    @Test
    void aServerOfTls12HasNoPostQuantumGroups() {
        // given
        ServerHelloParts tls12 = ServerHelloParts.read(TLS12, 0, TLS12.length);

        // when
        List<String> advice = advice(27, new Handshake(DEFAULT, null, tls12), new Handshake(CLASSICAL, null, tls12), new Handshake(CLASSICAL, null, tls12));

        // then
        assertThat(advice.get(0)).startsWith("java -javaagent:").contains("no secrecy is lost: this server has chosen a group of TLS 1.2, though");
    }

    @Test
    void beforeJdk27NothingPredicts() {
        Handshake classical = new Handshake(CLASSICAL, null, CHOSEN_X25519);

        assertThat(advice(26, new Handshake(DEFAULT, null, CHOSEN_X25519), classical, classical)).noneMatch(line -> line.contains("-javaagent"));
    }

    @Test
    void whatAServerThatTakesTheShareItIsSentWouldLoseIsSaid() {
        // given
        Handshake agreed = new Handshake(DEFAULT, null, CHOSEN_HYBRID);

        // when
        List<String> advice = advice(27, agreed, agreed, new Handshake(CLASSICAL, null, CHOSEN_X25519));

        // then: no command that does it
        assertThat(advice.get(0)).startsWith("leave the key shares as they are").contains("on x25519: 50.0 ms would be saved, and post-quantum secrecy lost");
        assertThat(advice).noneMatch(line -> line.startsWith("java "));
    }

    @Test
    void aServerThatAsksForThePostQuantumShareGainsNothingByItsLack() {
        // given
        Handshake agreed = new Handshake(DEFAULT, null, CHOSEN_HYBRID);

        // when
        List<String> advice = advice(27, agreed, agreed, new Handshake(CLASSICAL, ASKED_FOR_HYBRID, CHOSEN_HYBRID));

        // then
        assertThat(advice.get(0)).contains("asks for its share where it isn't sent: nothing would be saved").contains("post-quantum secrecy is kept");
        assertThat(advice).noneMatch(line -> line.startsWith("java "));
    }

    @Test
    void whereTheKeySharesAreSmallSomethingElseIsNamed() {
        // given
        ClientHelloParts authorities = hello(HelloBytes.supportedGroups(X25519), HelloBytes.extension(47, new byte[1400]));

        // when
        List<String> advice = new KeyShareAdvice(measured(new Handshake(authorities, null, CHOSEN_X25519), List.of()), 27).lines();

        // then
        assertThat(advice.get(0)).isEqualTo("a ClientHello without the extension certificate_authorities, which takes 1404 bytes"
            + "   (leaving it out changes no secrecy)");
    }

    private static List<String> advice(int java, Handshake asDefault, Handshake predicted, Handshake classicalFirst) {
        List<ShareTrial> trials = List.of(new ShareTrial(KeyShares.DEFAULT, "X25519MLKEM768,x25519", List.of(sample(asDefault, 100))),
            new ShareTrial(KeyShares.PREDICTED, "x25519,X25519MLKEM768", List.of(sample(predicted, 50))),
            new ShareTrial(KeyShares.CLASSICAL_FIRST, "x25519,X25519MLKEM768", List.of(sample(classicalFirst, 50))));
        return new KeyShareAdvice(measured(asDefault, trials), java).lines();
    }

    private static Measurement measured(Handshake asDefault, List<ShareTrial> trials) {
        return new Measurement(Target.parse("192.0.2.2"), REMOTE, List.of(sample(asDefault, 100)), List.of(sample(asDefault, 100)), trials,
            null, 8, false, 1420);
    }

    private static Sample sample(Handshake handshake, int millis) {
        return new Sample(new Timeline(1, 2, 3, 3, millis * 1_000_000L, 0, 0, 400, "TLSv1.3", 50_000), handshake,
            new Report(REMOTE, Outcome.TOO_LARGE, 1600, 1420, 0, 0, 50_000));
    }

    private static ClientHelloParts hello(byte[]... extensions) {
        byte[] bytes = HelloBytes.clientHello(extensions);
        return ClientHelloParts.read(bytes, 0, bytes.length);
    }

    private static ServerHelloParts answer(String random, byte[] share) {
        byte[] bytes = HelloBytes.serverHello(random, "", HelloBytes.extension(43, HelloBytes.hex("0304")), HelloBytes.extension(51, share));
        return ServerHelloParts.read(bytes, 0, bytes.length);
    }
}
