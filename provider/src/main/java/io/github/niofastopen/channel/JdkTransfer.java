// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import io.github.niofastopen.attempt.FirstExchange;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A read or write of a channel's as the JDK does it. No lambda: what is behind the door is in no archive of classes, so each
 * would be linked anew in every JVM.
 */
final class JdkTransfer implements FirstExchange.Read, FirstExchange.Write {
    private final FastOpenSocketChannel channel;
    private final ByteBuffer[] buffers;
    private final int offset;
    private final int length;

    JdkTransfer(FastOpenSocketChannel channel, ByteBuffer[] buffers, int offset, int length) {
        this.channel = channel;
        this.buffers = buffers;
        this.offset = offset;
        this.length = length;
    }

    @Override
    public long until(long deadline) throws IOException {
        return channel.readOfTheJdk(buffers, offset, length);
    }

    @Override
    public long write() throws IOException {
        return channel.writeOfTheJdk(buffers, offset, length);
    }
}
