// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import static io.github.niofastopen.tls.HelloBytes.RANDOM;
import static io.github.niofastopen.tls.HelloBytes.RETRY_RANDOM;
import static io.github.niofastopen.tls.HelloBytes.clientHelloMessage;
import static io.github.niofastopen.tls.HelloBytes.concat;
import static io.github.niofastopen.tls.HelloBytes.extension;
import static io.github.niofastopen.tls.HelloBytes.hex;
import static io.github.niofastopen.tls.HelloBytes.record;
import static io.github.niofastopen.tls.HelloBytes.serverHello;
import static io.github.niofastopen.tls.HelloBytes.share;
import static io.github.niofastopen.tls.HelloBytes.supportedGroups;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServerHelloPartsTest {
    private static final String ID = "22".repeat(32);
    private static final byte[] TLS13 = extension(43, hex("0304"));
    private static final byte[] CHOSEN = serverHello(RANDOM, ID, TLS13, extension(51, share(0x11ec, 1120)));

    @Test
    void theGroupThatTheServerHasChosenIsTold() {
        // when
        ServerHelloParts parts = parts(CHOSEN);

        // then
        assertThat(parts.group()).isEqualTo(0x11ec);
        assertThat(parts.isHelloRetryRequest()).isFalse();
        assertThat(parts.version()).isEqualTo(ServerHelloParts.TLS13);
    }

    @Test
    void aHelloRetryRequestIsRecognisedByItsRandom() {
        // when: it names the group alone
        ServerHelloParts parts = parts(serverHello(RETRY_RANDOM, ID, extension(51, hex("11ec")), TLS13));

        // then
        assertThat(parts.isHelloRetryRequest()).isTrue();
        assertThat(parts.group()).isEqualTo(0x11ec);
    }

    @Test
    void oneThatAsksForSomethingElseNamesNoGroup() {
        // when: a cookie (RFC 8446, 4.2.2)
        ServerHelloParts parts = parts(serverHello(RETRY_RANDOM, ID, TLS13, extension(44, hex("000461626364"))));

        // then
        assertThat(parts.isHelloRetryRequest()).isTrue();
        assertThat(parts.group()).isEqualTo(ServerHelloParts.NO_GROUP);
    }

    @Test
    void inTls12TheGroupIsToldElsewhere() {
        // when
        ServerHelloParts parts = parts(serverHello(RANDOM, "", extension(0xff01, hex("00"))));

        // then
        assertThat(parts.version()).isEqualTo(ServerHelloParts.TLS12);
        assertThat(parts.group()).isEqualTo(ServerHelloParts.NO_GROUP);
    }

    @Test
    void beforeExtensionsThereWereNone() {
        assertThat(parts(serverHello(RANDOM, "")).version()).isEqualTo(ServerHelloParts.TLS12);
    }

    @Test
    void inTls13ASessionIsResumedByAPreSharedKey() {
        // given: the session's name says nothing there
        ClientHelloParts hello = hello(ID);

        // then
        assertThat(parts(CHOSEN).resumes(hello)).isFalse();
        assertThat(parts(serverHello(RANDOM, ID, TLS13, extension(51, share(0x1d, 32)), extension(41, hex("0000")))).resumes(hello)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'',false", "2222,true", "2223,false"})
    void beforeItByItsName(String answered, boolean resumed) {
        assertThat(parts(serverHello(RANDOM, answered)).resumes(hello("2222"))).isEqualTo(resumed);
        assertThat(parts(serverHello(RANDOM, answered)).resumes(hello(""))).isFalse();
    }

    static Stream<Named<byte[]>> invalid() {
        return Stream.of(
            Named.of("a ClientHello", HelloBytes.clientHello()),
            Named.of("an alert", hex("15030300020228")),
            Named.of("HTTP", "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
            Named.of("another version", record(HelloBytes.message(2, hex("0203" + RANDOM + "00" + "1301" + "00")))),
            Named.of("a share without a key", serverHello(RANDOM, ID, TLS13, extension(51, hex("11ec")))),
            Named.of("a retry with a key", serverHello(RETRY_RANDOM, ID, TLS13, extension(51, share(0x1d, 32)))),
            Named.of("a version of three octets", serverHello(RANDOM, ID, extension(43, hex("030400")))),
            Named.of("two versions", serverHello(RANDOM, ID, TLS13, TLS13)));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void whatIsNoneIsToldToBeNone(byte[] bytes) {
        assertThat(ServerHelloParts.read(bytes, 0, bytes.length)).isNull();
    }

    @Test
    void aPartOfAServerHelloIsNone() {
        IntStream.range(0, CHOSEN.length).forEach(length ->
            assertThat(ServerHelloParts.read(CHOSEN, 0, length)).as("the first %d bytes", length).isNull());
    }

    @Test
    void whatFollowsItDoesNotMatter() {
        byte[] flight = concat(CHOSEN, hex("140303000101" + "1703030010"));

        assertThat(ServerHelloParts.read(flight, 0, flight.length).group()).isEqualTo(0x11ec);
    }

    @Test
    void nothingIsThrownWhateverTheBytes() {
        // given
        Random random = new Random(8446);
        int read = 0;

        // when
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = CHOSEN.clone();
            bytes[random.nextInt(i % 2 == 0 ? 100 : bytes.length)] = (byte) random.nextInt();
            read += ServerHelloParts.read(bytes, 0, bytes.length) == null ? 0 : 1;
        }

        // then
        assertThat(read).isBetween(5_000, 19_900);
    }

    private static ClientHelloParts hello(String sessionId) {
        byte[] bytes = record(clientHelloMessage(sessionId, supportedGroups(0x1d)));
        return ClientHelloParts.read(bytes, 0, bytes.length);
    }

    private static ServerHelloParts parts(byte[] hello) {
        ServerHelloParts parts = ServerHelloParts.read(hello, 0, hello.length);
        assertThat(parts).isNotNull();
        return parts;
    }
}
