// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpInfo.ClientFail;
import io.github.niofastopen.linux.TcpSocket;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * A socket as the kernel has it, with a peer that it draws by lot. It takes its time in every call, and tells of calls
 * that run beside each other, that come after close, or that the kernel would refuse in its state. Its fields are
 * written inside calls only: if two ran at once, that would be told.
 */
final class RacedSocket implements TcpSocket {

    private enum Peer { ANSWERS, IS_SILENT, RESETS }

    /** What becomes of the first flight when it is sent. */
    private enum Departure { WHOLE, IN_PART, WITHOUT_COOKIE, REFUSED }

    private enum State { HELD, SYN_SENT, ESTABLISHED, CLOSED }

    int flights;
    int bareSyns;
    int disconnects;
    int connects;
    int shutDowns;
    int takenBySyn;
    volatile boolean closeHasReturned;

    private final Random random;
    private final Peer peer;
    private final Departure departure;
    private final Queue<String> violations;
    private final AtomicInteger inside = new AtomicInteger();
    private final ByteArrayOutputStream resent = new ByteArrayOutputStream();
    private State state = State.HELD;
    /** Whether the peer ever sends anything. */
    private final boolean speaks;
    private int asksUntilAnswer;
    private boolean option = true;

    RacedSocket(long seed, Queue<String> violations) {
        this.random = new Random(seed);
        this.peer = draw(Peer.values());
        this.departure = draw(Departure.values());
        this.asksUntilAnswer = random.nextInt(3);
        this.speaks = random.nextBoolean();
        this.violations = violations;
    }

    /** connect(2) found no cookie. */
    void askForCookie() {
        state = State.SYN_SENT;
    }

    byte[] resent() {
        return resent.toByteArray();
    }

    @Override
    public String toString() {
        return "the peer " + peer + ", the flight leaves " + departure;
    }

    @Override
    public boolean isMultipath() {
        return false;
    }

    @Override
    public int setFastOpenNoCookie() {
        return 0;
    }

    @Override
    public int setFastOpenConnect(boolean on) {
        return call("setFastOpenConnect", () -> {
            option = on;
            return 0;
        });
    }

    @Override
    public int send(byte[] bytes, int offset, int length) {
        return call("send", () -> connects == 0 ? sendFirst(bytes, offset, length) : sendAgain(bytes, offset, length));
    }

    private int sendFirst(byte[] bytes, int offset, int length) {
        flights++;
        expect(state == State.HELD, "a first flight was sent");
        state = State.SYN_SENT;
        switch (departure) {
            case WITHOUT_COOKIE:
                return Errno.EINPROGRESS.asResult();
            case REFUSED:
                state = State.CLOSED;
                return Errno.ECONNREFUSED.asResult();
            default:
                takenBySyn = departure == Departure.WHOLE ? length : length / 3;
                return takenBySyn;
        }
    }

    private int sendAgain(byte[] bytes, int offset, int length) {
        expect(state == State.ESTABLISHED, "the flight was sent again");
        if (random.nextInt(3) == 0) {
            return Errno.EAGAIN.asResult();
        }
        int count = 1 + random.nextInt(length);
        resent.write(bytes, offset, count);
        return count;
    }

    @Override
    public int sendBareSyn() {
        return call("sendBareSyn", () -> {
            bareSyns++;
            expect(state == State.HELD, "a bare SYN was sent");
            state = departure == Departure.REFUSED ? State.CLOSED : State.SYN_SENT;
            return (departure == Departure.REFUSED ? Errno.ECONNREFUSED : Errno.EINPROGRESS).asResult();
        });
    }

    @Override
    public TcpInfo info() {
        call("info", () -> {
            if (state == State.SYN_SENT && (connects > 0 || peer != Peer.IS_SILENT) && asksUntilAnswer-- == 0) {
                state = connects == 0 && peer == Peer.RESETS ? State.CLOSED : State.ESTABLISHED;
            }
            return 0;
        });
        switch (state) {
            case ESTABLISHED:
                return TcpInfo.of(1, true, ClientFail.COOKIE_UNAVAILABLE, 0, 50_000).afterPassing(1 + takenBySyn, speaks, false);
            case CLOSED:
                return TcpInfo.of(7, false, ClientFail.UNSPECIFIED, 0, 0);
            default:
                return TcpInfo.of(2, false, ClientFail.UNSPECIFIED, 0, 0);
        }
    }

    @Override
    public void dropQueuedErrors() {
        call("dropQueuedErrors", () -> 0);
    }

    @Override
    public int takeError() {
        return call("takeError", () -> 0);
    }

    @Override
    public int disconnect() {
        return call("disconnect", () -> {
            disconnects++;
            state = State.CLOSED;
            return 0;
        });
    }

    @Override
    public int connect(InetSocketAddress remote) {
        return call("connect", () -> {
            connects++;
            expect(state == State.CLOSED && disconnects == connects, "it was connected again before it was disconnected");
            expect(!option, "it was connected again with Fast Open");
            state = State.SYN_SENT;
            asksUntilAnswer = random.nextInt(3);
            return Errno.EINPROGRESS.asResult();
        });
    }

    @Override
    public int lingerNot() {
        return call("lingerNot", () -> 0);
    }

    @Override
    public int shutDown() {
        return call("shutDown", () -> {
            shutDowns++;
            return 0;
        });
    }

    private int call(String name, IntSupplier action) {
        expect(inside.getAndIncrement() == 0, name + " ran beside another call");
        int result = action.getAsInt();
        for (int i = 0; i < 50; i++) {
            Thread.onSpinWait();
        }
        inside.getAndDecrement();
        expect(!closeHasReturned, name + " ran after close had returned");
        return result;
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise + " while " + state + " (" + this + ")");
        }
    }

    private <E> E draw(E[] lots) {
        return lots[random.nextInt(lots.length)];
    }
}
