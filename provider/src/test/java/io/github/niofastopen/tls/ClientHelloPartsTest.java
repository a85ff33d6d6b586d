// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import static io.github.niofastopen.tls.HelloBytes.clientHello;
import static io.github.niofastopen.tls.HelloBytes.clientHelloMessage;
import static io.github.niofastopen.tls.HelloBytes.concat;
import static io.github.niofastopen.tls.HelloBytes.extension;
import static io.github.niofastopen.tls.HelloBytes.hex;
import static io.github.niofastopen.tls.HelloBytes.keyShares;
import static io.github.niofastopen.tls.HelloBytes.message;
import static io.github.niofastopen.tls.HelloBytes.preSharedKeys;
import static io.github.niofastopen.tls.HelloBytes.record;
import static io.github.niofastopen.tls.HelloBytes.serverName;
import static io.github.niofastopen.tls.HelloBytes.share;
import static io.github.niofastopen.tls.HelloBytes.supportedGroups;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloPartsTest {
    /** As JDK 27 sends it. */
    private static final byte[] POST_QUANTUM = clientHello(serverName("www.example.org"),
        supportedGroups(0x11ec, 0x1d, 0x17, 0x18), keyShares(share(0x11ec, 1216), share(0x1d, 32)));

    @Test
    void eachPartIsTold() {
        // when
        ClientHelloParts parts = parts(POST_QUANTUM);

        // then
        assertThat(parts.totalBytes()).isEqualTo(POST_QUANTUM.length);
        assertThat(parts.serverNameBytes()).isEqualTo("www.example.org".length());
        assertThat(parts.supportedGroups()).containsExactly(0x11ec, 0x1d, 0x17, 0x18);
        assertThat(parts.keyShares()).extracting(KeyShare::toString).containsExactly("X25519MLKEM768 (1216)", "x25519 (32)");
        assertThat(parts.ticketBytes()).isZero();
        assertThat(parts.extensions()).extracting(Extension::name).containsExactly("server_name", "supported_groups", "key_share");
        assertThat(parts.extensions().get(2).bytes()).isEqualTo(4 + 2 + 4 + 1216 + 4 + 32);
    }

    @Test
    void whatAShareOfAPostQuantumGroupTakesIsWhatTheHelloIsShorterWithout() {
        // given
        byte[] without = clientHello(serverName("www.example.org"), supportedGroups(0x11ec, 0x1d, 0x17, 0x18), keyShares(share(0x1d, 32)));

        // then: without a share it is still offered
        assertThat(parts(POST_QUANTUM).postQuantumShareBytes()).isEqualTo(POST_QUANTUM.length - without.length);
        assertThat(parts(POST_QUANTUM).sendsPostQuantumShare()).isTrue();
        assertThat(parts(without).sendsPostQuantumShare()).isFalse();
        assertThat(parts(without).offersPostQuantum()).isTrue();
        assertThat(parts(clientHello(supportedGroups(0x1d))).offersPostQuantum()).isFalse();
    }

    @Test
    void ticketsOfEitherKindAreTold() {
        assertThat(parts(clientHello(extension(35, new byte[192]))).ticketBytes()).isEqualTo(192);
        assertThat(parts(clientHello(preSharedKeys(208))).ticketBytes()).isEqualTo(208);
        assertThat(parts(clientHello(preSharedKeys(100, 30))).ticketBytes()).isEqualTo(130);
    }

    @Test
    void aClientHelloWithoutExtensionsHasNoneOfThem() {
        // when
        ClientHelloParts parts = parts(clientHello());

        // then
        assertThat(parts.extensions()).isEmpty();
        assertThat(parts.keyShares()).isEmpty();
        assertThat(parts.supportedGroups()).isEmpty();
        assertThat(parts.serverNameBytes()).isZero();
        assertThat(parts.totalBytes()).isEqualTo(clientHello().length);
    }

    @Test
    void whatTheJdkSendsIsTakenApart() throws Exception {
        // when
        byte[] hello = jdkHello("TLSv1.3", "www.example.org");
        ClientHelloParts parts = parts(hello);

        // then
        assertThat(parts.totalBytes()).isEqualTo(hello.length);
        assertThat(parts.serverNameBytes()).isEqualTo("www.example.org".length());
        assertThat(parts.keyShares()).hasSize(2).allSatisfy(share ->
            assertThat(parts.supportedGroups()).contains(share.group()));
        assertThat(parts.sendsPostQuantumShare()).isEqualTo(Runtime.version().feature() >= 27);
    }

    @Test
    void beforeTls13ThereAreNoShares() throws Exception {
        assertThat(parts(jdkHello("TLSv1.2", "www.example.org")).keyShares()).isEmpty();
        assertThat(parts(jdkHello("TLSv1.2", null)).serverNameBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 100, 1000})
    void itMayBeSpreadOverSeveralRecords(int fragment) {
        // given
        byte[] message = Arrays.copyOfRange(POST_QUANTUM, 5, POST_QUANTUM.length);
        byte[] records = inRecordsOf(fragment, message);

        // then: the other records' headers count, too, and what is behind doesn't
        assertThat(parts(records).totalBytes()).isEqualTo(records.length);
        assertThat(parts(records).keyShares()).hasSize(2);
        assertThat(parts(concat(records, hex("140303000101"))).totalBytes()).isEqualTo(records.length);
    }

    @Test
    void itMayBeginAnywhereInTheArray() {
        // given
        byte[] among = concat(new byte[7], POST_QUANTUM, new byte[9]);

        // then
        assertThat(ClientHelloParts.read(among, 7, POST_QUANTUM.length).totalBytes()).isEqualTo(POST_QUANTUM.length);
        assertThat(ClientHelloParts.read(among, 7, among.length - 7).totalBytes()).isEqualTo(POST_QUANTUM.length);
        assertThat(ClientHelloParts.read(among, 6, POST_QUANTUM.length)).isNull();
    }

    @Test
    void aPartOfAClientHelloIsNone() {
        IntStream.range(0, POST_QUANTUM.length).forEach(length ->
            assertThat(ClientHelloParts.read(POST_QUANTUM, 0, length)).as("the first %d bytes", length).isNull());
    }

    static Stream<Named<byte[]>> invalid() {
        byte[] head = clientHelloMessage("");
        return Stream.of(
            Named.of("nothing", new byte[0]),
            Named.of("another record", concat(hex("170303"), Arrays.copyOfRange(POST_QUANTUM, 3, POST_QUANTUM.length))),
            Named.of("an empty record", hex("1603010000")),
            Named.of("a ServerHello", HelloBytes.serverHello(HelloBytes.RANDOM, "")),
            Named.of("no version of TLS", record(concat(hex("010000" + "29" + "0203"), new byte[39]))),
            Named.of("octets behind its extensions", record(message(1, concat(body(POST_QUANTUM), hex("00"))))),
            Named.of("a session's name of 33 octets", record(clientHelloMessage("22".repeat(33), supportedGroups(0x1d)))),
            Named.of("half a cipher suite", record(message(1, concat(hex("0303" + HelloBytes.RANDOM + "00" + "0003" + "130113" + "0100"))))),
            Named.of("no compression method", record(message(1, hex("0303" + HelloBytes.RANDOM + "00" + "00021301" + "00")))),
            Named.of("an extension twice", clientHello(supportedGroups(0x1d), supportedGroups(0x1d))),
            Named.of("half an extension", record(message(1, concat(Arrays.copyOfRange(head, 4, head.length), hex("0003" + "000a00"))))),
            Named.of("extensions that go on", clientHello(extension(10, hex("0002001dff")))),
            Named.of("half a group", clientHello(extension(10, hex("0003001d00")))),
            Named.of("no group", clientHello(extension(10, hex("0000")))),
            Named.of("a share longer than all of them", clientHello(extension(51, hex("0006001d00030000")))),
            Named.of("a name longer than its list", clientHello(extension(0, hex("0004000002")))),
            Named.of("an identity without an age", clientHello(extension(41, hex("0003000161" + "0000")))),
            Named.of("101 extensions", clientHello(IntStream.range(100, 201).mapToObj(type -> extension(type, new byte[0]))
                .toArray(byte[][]::new))),
            Named.of("a record that changes in between", concat(Arrays.copyOf(inRecordsOf(100, body(POST_QUANTUM)), 105), hex("1703030001ff"))));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void whatIsNoneIsToldToBeNone(byte[] bytes) {
        assertThat(ClientHelloParts.read(bytes, 0, bytes.length)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1 5", "0 -1", "3 2147483647", "2147483647 1", "0 21"})
    void aPartThatTheArrayDoesNotHaveIsNone(String range) {
        String[] words = range.split(" ");

        assertThat(ClientHelloParts.read(new byte[20], Integer.parseInt(words[0]), Integer.parseInt(words[1]))).isNull();
    }

    @Test
    void nothingIsThrownWhateverTheBytes() {
        // given
        Random random = new Random(8446);
        int read = 0;

        // when
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = POST_QUANTUM.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bytes[random.nextInt(i % 2 == 0 ? 200 : bytes.length)] = (byte) random.nextInt();
            }
            read += ClientHelloParts.read(bytes, 0, random.nextInt(bytes.length + 1)) == null ? 0 : 1;
            read += ClientHelloParts.read(bytes, 0, bytes.length) == null ? 0 : 1;
        }

        // then: some were left whole by that
        assertThat(read).isBetween(10_000, 90_000);
    }

    private static byte[] body(byte[] hello) {
        return Arrays.copyOfRange(hello, 9, hello.length);
    }

    private static byte[] inRecordsOf(int fragment, byte[] message) {
        List<byte[]> records = new ArrayList<>();
        for (int from = 0; from < message.length; from += fragment) {
            records.add(record(Arrays.copyOfRange(message, from, Math.min(message.length, from + fragment))));
        }
        return concat(records.toArray(byte[][]::new));
    }

    private static ClientHelloParts parts(byte[] hello) {
        ClientHelloParts parts = ClientHelloParts.read(hello, 0, hello.length);
        assertThat(parts).isNotNull();
        return parts;
    }

    private static byte[] jdkHello(String protocol, String serverName) throws Exception {
        SSLContext context = SSLContext.getDefault();
        SSLEngine engine = serverName == null ? context.createSSLEngine() : context.createSSLEngine(serverName, 443);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        engine.setSSLParameters(parameters);
        engine.setUseClientMode(true);
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), record);
        return Arrays.copyOf(record.array(), record.position());
    }
}
