// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.established;

import io.github.niofastopen.jmh.SideBySide;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.SocketChannel;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A message to an echo thread and back, from a virtual thread: for JDK 21 and later. */
@OperationsPerInvocation(VirtualThreadPingPong.EXCHANGES)
public class VirtualThreadPingPong extends SideBySide {
    static final int EXCHANGES = 1000;

    /** Length of a message, in octets. */
    @Param({"1", "1024"})
    public int length;

    private MethodHandle startVirtualThread;
    private Loopback loopback;
    private SocketChannel channel;
    private Exchange exchange;

    @Setup(Level.Trial)
    public void connect() throws IOException, ReflectiveOperationException {
        startVirtualThread = MethodHandles.lookup().findStatic(Thread.class, "startVirtualThread",
            MethodType.methodType(Thread.class, Runnable.class));
        loopback = new Loopback();
        channel = loopback.connectTo(Loopback.echo(length));
        exchange = Exchange.of(length, true);
    }

    @Override
    protected long operate() throws Exception {
        long[] received = new long[1];
        try {
            Thread thread = (Thread) startVirtualThread.invokeExact((Runnable) () -> received[0] = exchangeAll());
            thread.join();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (received[0] != EXCHANGES) {
            throw new IllegalStateException("the virtual thread has failed");
        }
        return received[0];
    }

    private long exchangeAll() {
        long done = 0;
        try {
            while (done < EXCHANGES) {
                exchange.send(channel);
                boolean complete = false;
                while (!complete) {
                    complete = exchange.receive(channel);
                }
                done++;
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
        return done;
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        channel.close();
        loopback.close();
    }
}
