// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloTest {
    private static final byte[] BEHIND = "early data of another record".getBytes(StandardCharsets.US_ASCII);

    /** Ways in which an application may hand over the same bytes. */
    enum Layout {
        HEAP {
            @Override
            ByteBuffer[] of(byte[] bytes) {
                return new ByteBuffer[] {ByteBuffer.wrap(bytes)};
            }
        },
        DIRECT {
            @Override
            ByteBuffer[] of(byte[] bytes) {
                return new ByteBuffer[] {ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()};
            }
        },
        READ_ONLY {
            @Override
            ByteBuffer[] of(byte[] bytes) {
                return new ByteBuffer[] {ByteBuffer.wrap(bytes).asReadOnlyBuffer()};
            }
        },
        MIDDLE_OF_A_BUFFER {
            @Override
            ByteBuffer[] of(byte[] bytes) {
                ByteBuffer larger = ByteBuffer.allocate(bytes.length + 20);
                return new ByteBuffer[] {larger.position(7).put(bytes).flip().position(7)};
            }
        },
        SLICE {
            @Override
            ByteBuffer[] of(byte[] bytes) {
                return new ByteBuffer[] {MIDDLE_OF_A_BUFFER.of(bytes)[0].slice()};
            }
        },
        DIRECT_SLICE {
            @Override
            ByteBuffer[] of(byte[] bytes) {
                ByteBuffer larger = ByteBuffer.allocateDirect(bytes.length + 3);
                return new ByteBuffer[] {larger.position(3).put(bytes).flip().position(3).slice()};
            }
        },
        BYTE_BY_BYTE {
            @Override
            ByteBuffer[] of(byte[] bytes) {
                return inPartsOf(1, bytes).toArray(new ByteBuffer[0]);
            }
        },
        WITH_EMPTY_BUFFERS {
            @Override
            ByteBuffer[] of(byte[] bytes) {
                List<ByteBuffer> buffers = new ArrayList<>();
                for (ByteBuffer part : inPartsOf(3, bytes)) {
                    buffers.add(ByteBuffer.allocate(0));
                    buffers.add(part);
                }
                return buffers.toArray(new ByteBuffer[0]);
            }
        };

        abstract ByteBuffer[] of(byte[] bytes);

        private static List<ByteBuffer> inPartsOf(int size, byte[] bytes) {
            List<ByteBuffer> parts = new ArrayList<>();
            for (int from = 0; from < bytes.length; from += size) {
                parts.add(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from)).slice());
            }
            return parts;
        }
    }

    static Stream<Arguments> hellosInEveryLayout() throws Exception {
        return hellosOfTheJdk().entrySet().stream().flatMap(hello -> Stream.of(Layout.values())
            .map(layout -> Arguments.of(Named.of(hello.getKey(), hello.getValue()), layout)));
    }

    @ParameterizedTest
    @MethodSource("hellosInEveryLayout")
    void aClientHelloOfTheJdkIsCopiedWhole(byte[] hello, Layout layout) {
        ByteBuffer[] buffers = layout.of(hello);

        byte[] copy = ClientHello.copyFrom(buffers, 0, buffers.length);

        assertThat(copy).isEqualTo(hello);
        assertThat(ClientHello.beginsIn(buffers, 0, buffers.length)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("hellosInEveryLayout")
    void whatIsBehindTheRecordIsNotCopied(byte[] hello, Layout layout) {
        ByteBuffer[] buffers = layout.of(concat(hello, BEHIND));

        byte[] copy = ClientHello.copyFrom(buffers, 0, buffers.length);

        assertThat(copy).isEqualTo(hello);
    }

    @ParameterizedTest
    @MethodSource("hellosInEveryLayout")
    void theBuffersStayAsTheyAre(byte[] hello, Layout layout) {
        ByteBuffer[] buffers = layout.of(hello);
        List<String> before = Stream.of(buffers).map(ByteBuffer::toString).toList();

        ClientHello.copyFrom(buffers, 0, buffers.length);
        ClientHello.beginsIn(buffers, 0, buffers.length);

        assertThat(Stream.of(buffers).map(ByteBuffer::toString)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("hellosInEveryLayout")
    void onlyTheBuffersInRangeAreLookedAt(byte[] hello, Layout layout) {
        ByteBuffer[] own = layout.of(hello);
        ByteBuffer[] buffers = new ByteBuffer[own.length + 4];
        Arrays.fill(buffers, ByteBuffer.wrap(BEHIND));
        System.arraycopy(own, 0, buffers, 1, own.length);

        byte[] inRange = ClientHello.copyFrom(buffers, 1, own.length);
        byte[] tooEarly = ClientHello.copyFrom(buffers, 0, own.length + 1);
        byte[] nothing = ClientHello.copyFrom(buffers, 1, 0);

        assertThat(inRange).isEqualTo(hello);
        assertThat(tooEarly).isNull();
        assertThat(nothing).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 12, 100, 1420})
    void aPartOfAClientHelloIsCopiedAsFarAsItIsThere(int there) {
        byte[] record = record(3, 1, 2000, 1, 3);

        byte[] copy = copyFrom(Arrays.copyOf(record, there));

        assertThat(copy).isEqualTo(Arrays.copyOf(record, there));
    }

    @Test
    void theLargestRecordIsCopiedWhole() {
        byte[] record = record(3, 1, 1 << 14, 1, 3);

        byte[] copy = copyFrom(concat(record, BEHIND));

        assertThat(copy).isEqualTo(record);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void everyMinorVersionInUseIsRecognised(int minor) {
        assertThat(copyFrom(record(3, minor, 200, 1, 3))).isNotNull();
    }

    static Stream<Named<byte[]>> notClientHellos() throws Exception {
        byte[] hello = hellosOfTheJdk().get("TLS 1.3 with SNI");
        return Stream.of(
            Named.of("nothing", new byte[0]),
            Named.of("HTTP request", ascii("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n")),
            Named.of("HTTP/2 preface", ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")),
            Named.of("SSH banner", ascii("SSH-2.0-OpenSSH_9.6\r\n")),
            Named.of("SMTP EHLO", ascii("EHLO client.example.com\r\n")),
            Named.of("PostgreSQL SSLRequest", HexFormat.of().parseHex("0000000804d2162f")),
            Named.of("PROXY protocol before a ClientHello", concat(ascii("PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n"), hello)),
            Named.of("SOCKS5 greeting", HexFormat.of().parseHex("05020002")),
            Named.of("first ten bytes of a ClientHello", Arrays.copyOf(hello, 10)),
            Named.of("first byte of a ClientHello", Arrays.copyOf(hello, 1)),
            Named.of("ClientHello without its first byte", Arrays.copyOfRange(hello, 1, hello.length)),
            Named.of("alert", HexFormat.of().parseHex("15030300020100")),
            Named.of("alert before other data", with(hello, 0, 21)),
            Named.of("change_cipher_spec", with(hello, 0, 20)),
            Named.of("application data", with(hello, 0, 23)),
            Named.of("SSLv2 ClientHello", HexFormat.of().parseHex("802e0100020015000000100100800300800700c0")),
            Named.of("SSLv2 version in a record", with(hello, 1, 2)),
            Named.of("major version 4", with(hello, 1, 4)),
            Named.of("minor version 5", with(hello, 2, 5)),
            Named.of("minor version 255", with(hello, 2, 255)),
            Named.of("DTLS record", with(with(hello, 1, 254), 2, 253)),
            Named.of("record of length 0", record(3, 1, 0, 1, 3)),
            Named.of("record too short for a ClientHello", record(3, 1, 5, 1, 3)),
            Named.of("record longer than 2^14", record(3, 1, (1 << 14) + 1, 1, 3)),
            Named.of("record of length 65535", record(3, 1, 0xffff, 1, 3)),
            Named.of("HelloRequest", with(hello, 5, 0)),
            Named.of("ServerHello", with(hello, 5, 2)),
            Named.of("client version 2", with(hello, 9, 2)),
            Named.of("zeros", new byte[600]));
    }

    @ParameterizedTest
    @MethodSource("notClientHellos")
    void anythingElseIsNotRecognised(byte[] bytes) {
        for (Layout layout : Layout.values()) {
            ByteBuffer[] buffers = layout.of(bytes);

            byte[] copy = ClientHello.copyFrom(buffers, 0, buffers.length);
            boolean begins = ClientHello.beginsIn(buffers, 0, buffers.length);

            assertThat(copy).isNull();
            assertThat(begins).isFalse();
        }
    }

    @Test
    void noBuffersAreNotRecognised() {
        assertThat(ClientHello.copyFrom(new ByteBuffer[0], 0, 0)).isNull();
    }

    @Test
    void randomBytesAreRecognisedOnlyWhereTheHeadFits() throws Exception {
        Random random = new Random(7413);
        byte[] hello = hellosOfTheJdk().get("TLS 1.2 with SNI");
        List<UnaryOperator<byte[]>> sources = List.of(
            any -> randomBytes(random, random.nextInt(40)),
            any -> mutated(random, Arrays.copyOf(hello, random.nextInt(hello.length + 1))),
            any -> mutated(random, concat(hello, randomBytes(random, random.nextInt(100)))));
        int recognised = 0;

        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = sources.get(i % sources.size()).apply(hello);
            ByteBuffer[] buffers = Layout.values()[random.nextInt(Layout.values().length)].of(bytes);

            byte[] copy = ClientHello.copyFrom(buffers, 0, buffers.length);

            recognised += copy == null ? 0 : 1;
            assertThat(copy).as(() -> HexFormat.of().formatHex(bytes)).isEqualTo(expected(bytes));
        }

        assertThat(recognised).isBetween(5_000, 25_000);
    }

    /** What RFC 8446, 4 and 5.1, say of the first bytes. */
    private static byte[] expected(byte[] bytes) {
        if (bytes.length < 11) {
            return null;
        }
        int length = ByteBuffer.wrap(bytes).getShort(3) & 0xffff;
        boolean fits = bytes[0] == 22 && bytes[1] == 3 && bytes[2] >= 0 && bytes[2] <= 4
            && length >= 6 && length <= 16_384 && bytes[5] == 1 && bytes[9] == 3;
        return fits ? Arrays.copyOf(bytes, Math.min(bytes.length, 5 + length)) : null;
    }

    private static byte[] mutated(Random random, byte[] bytes) {
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[random.nextInt(Math.min(12, bytes.length))] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Map<String, byte[]> hellosOfTheJdk() throws Exception {
        Map<String, byte[]> hellos = new TreeMap<>();
        for (String version : List.of("TLS 1.2", "TLS 1.3")) {
            hellos.put(version + " with SNI", hello(version.replace("TLS ", "TLSv"), "www.example.com"));
            hellos.put(version + " without SNI", hello(version.replace("TLS ", "TLSv"), null));
        }
        return hellos;
    }

    private static byte[] hello(String protocol, String serverName) throws Exception {
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

    /** A record whose payload begins with a handshake header and the client's version. */
    private static byte[] record(int major, int minor, int length, int handshakeType, int clientMajor) {
        byte[] record = new byte[Math.max(11, 5 + length)];
        ByteBuffer.wrap(record).put((byte) 22).put((byte) major).put((byte) minor).putShort((short) length)
            .put((byte) handshakeType).put(new byte[3]).put((byte) clientMajor).put((byte) 3);
        return record;
    }

    private static byte[] copyFrom(byte[] bytes) {
        return ClientHello.copyFrom(new ByteBuffer[] {ByteBuffer.wrap(bytes)}, 0, 1);
    }

    private static byte[] with(byte[] bytes, int index, int value) {
        byte[] changed = bytes.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
