// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.established;

import io.github.niofastopen.jmh.SideBySide;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** 64 KiB one way, in blocking mode, with a peer that does nothing but the other half of it. */
public class Bulk extends SideBySide {
    private static final int LENGTH = 1 << 16;
    private static final int PARTS = 4;

    /** What a call of read or write is given. */
    public enum Buffers {
        DIRECT, HEAP, SCATTERED
    }

    /** Which way the bytes go, as the measured end sees it. */
    public enum Way {
        OUT, IN
    }

    @Param
    public Way way;

    @Param
    public Buffers buffers;

    private Loopback loopback;
    private SocketChannel channel;
    private ByteBuffer whole;
    private ByteBuffer[] parts;

    @Setup(Level.Trial)
    public void connect() throws IOException {
        loopback = new Loopback();
        channel = loopback.connectTo(way == Way.OUT ? Loopback.sink(LENGTH) : Loopback.source(LENGTH));
        whole = buffers == Buffers.HEAP ? ByteBuffer.allocate(LENGTH) : ByteBuffer.allocateDirect(LENGTH);
        parts = IntStream.range(0, PARTS).mapToObj(i -> ByteBuffer.allocateDirect(LENGTH / PARTS))
            .toArray(ByteBuffer[]::new);
    }

    @Override
    protected long operate() throws IOException {
        return buffers == Buffers.SCATTERED ? moveParts() : moveWhole();
    }

    private long moveWhole() throws IOException {
        whole.clear();
        long moved = 0;
        while (whole.hasRemaining()) {
            moved += way == Way.OUT ? channel.write(whole) : channel.read(whole);
        }
        return moved;
    }

    private long moveParts() throws IOException {
        for (ByteBuffer part : parts) {
            part.clear();
        }
        long moved = 0;
        while (parts[PARTS - 1].hasRemaining()) {
            moved += way == Way.OUT ? channel.write(parts) : channel.read(parts);
        }
        return moved;
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        channel.close();
        loopback.close();
    }
}
