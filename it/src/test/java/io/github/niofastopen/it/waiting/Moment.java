// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import io.github.niofastopen.it.contract.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** How far a connection has come whose peer says no more. */
enum Moment {
    /** The SYN that asks for a cookie is unanswered. */
    COOKIE_ASKED,
    /** Connect has returned, and nothing was written. */
    UNWRITTEN,
    /** A ClientHello was written. */
    FLIGHT_WRITTEN,
    /** Both sides have spoken. */
    ESTABLISHED;

    /** Net.ipv4.tcp_fastopen: client without, or with, data in a SYN that has no cookie (ip-sysctl.rst). */
    int sysctl() {
        return this == COOKIE_ASKED ? 1 : 5;
    }

    boolean has(Call call) {
        return call.connects() == (this == COOKIE_ASKED);
    }

    /** Brings a channel there. */
    void reach(Subject subject) throws IOException {
        if (this != COOKIE_ASKED) {
            subject.channel().connect(subject.remote());
        }
        if (this == FLIGHT_WRITTEN || this == ESTABLISHED) {
            subject.channel().write(ByteBuffer.wrap(Bytes.clientHello(300)));
        }
        if (this == ESTABLISHED) {
            converse(subject);
        }
    }

    private static void converse(Subject subject) throws IOException {
        SocketChannel accepted = subject.accept();
        accepted.read(ByteBuffer.allocate(300));
        accepted.write(ByteBuffer.wrap(Bytes.text("reply")));
        subject.channel().read(ByteBuffer.allocate(5));
    }
}
