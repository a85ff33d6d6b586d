// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordHeadersTest {
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;

    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void aHandshakeIsNoApplicationData() {
        follow(record(HANDSHAKE, 600), record(CHANGE_CIPHER_SPEC, 1));

        assertThat(headers.mayHaveFinished()).isFalse();
        assertThat(headers.areForeign()).isFalse();
    }

    @Test
    void anEncryptedRecordIsSeenByItsHeader() {
        follow(record(HANDSHAKE, 600), record(APPLICATION_DATA, 69));

        assertThat(headers.mayHaveFinished()).isTrue();
        assertThat(headers.areForeign()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 100})
    void howeverRecordsAreCutTheyAreFollowed(int part) {
        byte[] all = join(record(HANDSHAKE, 300), record(CHANGE_CIPHER_SPEC, 1), record(APPLICATION_DATA, 0x1234));

        for (int at = 0; at < all.length; at += part) {
            headers.follow(ByteBuffer.wrap(all, at, Math.min(part, all.length - at)));
            assertThat(headers.mayHaveFinished()).isEqualTo(Math.min(at + part, all.length) >= 305 + 6 + 5);
        }
        assertThat(headers.areForeign()).isFalse();
    }

    @Test
    void whatAPayloadHasInItIsNoHeader() {
        byte[] record = record(HANDSHAKE, 10);
        record[5] = APPLICATION_DATA;

        follow(record);

        assertThat(headers.mayHaveFinished()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19, 25, 128, 255})
    void anythingElseIsForeign(int type) {
        follow(record(HANDSHAKE, 10), record(type, 10));

        assertThat(headers.areForeign()).isTrue();
    }

    @Test
    void anotherVersionIsForeign() {
        byte[] record = record(APPLICATION_DATA, 10);
        record[1] = 2;

        follow(record);

        assertThat(headers.areForeign()).isTrue();
    }

    @Test
    void allIsTaken() {
        ByteBuffer bytes = ByteBuffer.wrap(join(record(HANDSHAKE, 10), record(APPLICATION_DATA, 10)));

        headers.follow(bytes);

        assertThat(bytes.hasRemaining()).isFalse();
    }

    private void follow(byte[]... records) {
        for (byte[] record : records) {
            headers.follow(ByteBuffer.wrap(record));
        }
    }

    private static byte[] record(int type, int length) {
        byte[] record = new byte[5 + length];
        record[0] = (byte) type;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (length >> 8);
        record[4] = (byte) length;
        return record;
    }

    private static byte[] join(byte[]... records) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] record : records) {
            joined.writeBytes(record);
        }
        return joined.toByteArray();
    }
}
