// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.tls.ClientHelloParts;
import io.github.niofastopen.tls.ServerHelloParts;

/** Reads the hellos off the records of one connection. */
final class HelloListener {
    private static final int HANDSHAKE_RECORD = 22;

    private ClientHelloParts hello;
    private ServerHelloParts retry;
    private ServerHelloParts answer;

    /** @param length of the first records that the client sends */
    void sentFirst(byte[] bytes, int length) {
        hello = ClientHelloParts.read(bytes, 0, length);
    }

    /** A record that the server has sent: whether it brings the ServerHello that is no HelloRetryRequest. */
    boolean received(byte[] bytes, int from, int length) {
        if (answer != null || length == 0 || bytes[from] != HANDSHAKE_RECORD) {
            return false;
        }
        ServerHelloParts parts = ServerHelloParts.read(bytes, from, length);
        if (parts != null && parts.isHelloRetryRequest()) {
            retry = parts;
        } else {
            answer = parts;
        }
        return answer != null;
    }

    Handshake handshake() {
        return new Handshake(hello, retry, answer);
    }
}
