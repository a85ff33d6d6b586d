package io.github.niofastopen.deferral;

import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A socket that records what it is asked, and answers what it was told to: by default as one whose SYN is held back. */
final class FakeTcpSocket implements TcpSocket {

    enum Call {
        SET_OPTION, CLEAR_OPTION, SEND, SEND_BARE_SYN, STATE, TAKE_ERROR, SHUT_DOWN
    }

    private final List<Call> calls = new ArrayList<>();
    private final Map<Call, Integer> answers = new EnumMap<>(Call.class);
    private byte[] sent;

    FakeTcpSocket() {
        answers.put(Call.SEND_BARE_SYN, Errno.EINPROGRESS.asResult());
        answers.put(Call.STATE, STATE_SYN_SENT);
    }

    FakeTcpSocket answering(Call call, int answer) {
        answers.put(call, answer);
        return this;
    }

    /** What was asked since this was asked last, in order. */
    List<Call> takeCalls() {
        List<Call> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    byte[] sent() {
        return sent;
    }

    @Override
    public int setFastOpenConnect(boolean on) {
        return answer(on ? Call.SET_OPTION : Call.CLEAR_OPTION, 0);
    }

    @Override
    public int send(byte[] bytes, int offset, int length) {
        sent = Arrays.copyOfRange(bytes, offset, offset + length);
        return answer(Call.SEND, length);
    }

    @Override
    public int sendBareSyn() {
        return answer(Call.SEND_BARE_SYN, 0);
    }

    @Override
    public int state() {
        return answer(Call.STATE, 0);
    }

    @Override
    public int takeError() {
        int error = answer(Call.TAKE_ERROR, 0);
        answers.remove(Call.TAKE_ERROR);
        return error;
    }

    @Override
    public int shutDown() {
        return answer(Call.SHUT_DOWN, 0);
    }

    private int answer(Call call, int otherwise) {
        calls.add(call);
        return answers.getOrDefault(call, otherwise);
    }
}
