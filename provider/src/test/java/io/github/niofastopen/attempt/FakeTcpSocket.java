// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpInfo.ClientFail;
import io.github.niofastopen.linux.TcpSocket;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A socket that records what it is asked, and answers what it was told to: by default as one whose SYN is held back. */
public final class FakeTcpSocket implements TcpSocket {
    public static final TcpInfo SYN_SENT = inState(2);
    static final TcpInfo ESTABLISHED = inState(1);
    static final TcpInfo CLOSED = inState(7);
    static final int RTT_MICROS = 50_000;

    public enum Call {
        IS_MULTIPATH, SET_OPTION, CLEAR_OPTION, SET_NO_COOKIE, SEND, SEND_BARE_SYN, INFO, TAKE_ERROR, DROP_QUEUED_ERRORS, DISCONNECT, CONNECT, LINGER_NOT,
        SHUT_DOWN
    }

    private final List<Call> calls = new ArrayList<>();
    private final Map<Call, Deque<Integer>> answers = new EnumMap<>(Call.class);
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private TcpInfo info = SYN_SENT;
    private TcpInfo onceConnected;
    private InetSocketAddress connectedTo;

    static TcpInfo inState(int state) {
        return TcpInfo.of(state, false, ClientFail.COOKIE_UNAVAILABLE, 0, RTT_MICROS);
    }

    /** Answers each call with the next of these, and every later one with the last of them. */
    public FakeTcpSocket answering(Call call, int... inTurn) {
        Deque<Integer> queue = new ArrayDeque<>();
        for (int answer : inTurn) {
            queue.add(answer);
        }
        answers.put(call, queue);
        return this;
    }

    FakeTcpSocket answering(TcpInfo what) {
        info = what;
        return this;
    }

    /** From the next connect on; at once, since another thread may ask. */
    FakeTcpSocket answeringOnceConnected(TcpInfo what) {
        onceConnected = what;
        return this;
    }

    /** What was asked since this was asked last, in order. */
    public List<Call> takeCalls() {
        List<Call> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** What was sent since this was asked last, without what the socket didn't take. */
    byte[] takeSent() {
        byte[] taken = sent.toByteArray();
        sent.reset();
        return taken;
    }

    /** Where the socket was told to connect to, null if nowhere. */
    InetSocketAddress connectedTo() {
        return connectedTo;
    }

    @Override
    public boolean isMultipath() {
        return answer(Call.IS_MULTIPATH, 0) != 0;
    }

    @Override
    public int setFastOpenConnect(boolean on) {
        return answer(on ? Call.SET_OPTION : Call.CLEAR_OPTION, 0);
    }

    @Override
    public int setFastOpenNoCookie() {
        return answer(Call.SET_NO_COOKIE, 0);
    }

    @Override
    public int send(byte[] bytes, int offset, int length) {
        int result = Math.min(answer(Call.SEND, length), length);
        if (result > 0) {
            sent.write(bytes, offset, result);
        }
        return result;
    }

    @Override
    public int sendBareSyn() {
        return answer(Call.SEND_BARE_SYN, Errno.EINPROGRESS.asResult());
    }

    @Override
    public TcpInfo info() {
        calls.add(Call.INFO);
        return info;
    }

    @Override
    public int takeError() {
        int error = answer(Call.TAKE_ERROR, 0);
        answers.remove(Call.TAKE_ERROR);
        return error;
    }

    @Override
    public void dropQueuedErrors() {
        answer(Call.DROP_QUEUED_ERRORS, 0);
    }

    @Override
    public int disconnect() {
        return answer(Call.DISCONNECT, 0);
    }

    @Override
    public int connect(InetSocketAddress remote) {
        connectedTo = remote;
        if (onceConnected != null) {
            info = onceConnected;
            onceConnected = null;
        }
        return answer(Call.CONNECT, Errno.EINPROGRESS.asResult());
    }

    @Override
    public int lingerNot() {
        return answer(Call.LINGER_NOT, 0);
    }

    @Override
    public int shutDown() {
        return answer(Call.SHUT_DOWN, 0);
    }

    private int answer(Call call, int otherwise) {
        calls.add(call);
        Deque<Integer> queue = answers.get(call);
        if (queue == null) {
            return otherwise;
        }
        return queue.size() > 1 ? queue.remove() : queue.peek();
    }
}
