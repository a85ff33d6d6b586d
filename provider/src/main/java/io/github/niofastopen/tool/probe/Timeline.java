// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

/**
 * When what happened at the client in one connection, in ns from the beginning of connect.
 *
 * @param connected connect returned
 * @param hello the ClientHello was written
 * @param answer the server's first byte was read
 * @param serverHello the server's choice was read, after a HelloRetryRequest if there was one; 0 if it couldn't be told
 * @param secured the handshake was complete, and the client's last message of it written
 * @param request the HTTP request was written, or 0
 * @param response the first byte of the HTTP response was read, or 0
 * @param helloBytes length of the ClientHello in its record
 * @param protocol of TLS, as the JDK calls it
 * @param rttMicros {@code tcpi_rtt} once the peer was heard from
 */
public record Timeline(long connected, long hello, long answer, long serverHello, long secured, long request, long response,
        int helloBytes, String protocol, int rttMicros) {

    /** Until the first byte of the HTTP response, or the end of the handshake where no request was sent. */
    public long firstByte() {
        return response == 0 ? secured : response;
    }
}
