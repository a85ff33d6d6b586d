// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RepeatableHelloTest {
    private static final byte[] EARLY_DATA = HelloBytes.extension(42, new byte[0]);

    @Test
    void aClientHelloAloneIsRepeatable() {
        assertThat(RepeatableHello.is(HelloBytes.clientHello(HelloBytes.serverName("example.org")))).isTrue();
    }

    @Test
    void soIsOneWithATicketOrWithoutExtensions() {
        assertThat(RepeatableHello.is(HelloBytes.clientHello(HelloBytes.preSharedKeys(200)))).isTrue();
        assertThat(RepeatableHello.is(HelloBytes.clientHello())).isTrue();
    }

    @Test
    void oneThatAnnouncesEarlyDataIsNot() {
        assertThat(RepeatableHello.is(HelloBytes.clientHello(EARLY_DATA, HelloBytes.preSharedKeys(200)))).isFalse();
    }

    @Test
    void whatFollowsAClientHelloIsNot() {
        byte[] hello = HelloBytes.clientHello();

        assertThat(RepeatableHello.is(HelloBytes.concat(hello, HelloBytes.hex("140303000101")))).isFalse();
    }

    @Test
    void aPartOfOneIsNot() {
        byte[] hello = HelloBytes.clientHello(HelloBytes.serverName("example.org"));

        for (int length = 0; length < hello.length; length++) {
            assertThat(RepeatableHello.is(Arrays.copyOf(hello, length))).as("the first %d bytes", length).isFalse();
        }
    }

    @Test
    void otherBytesAreNot() {
        assertThat(RepeatableHello.is("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))).isFalse();
    }
}
