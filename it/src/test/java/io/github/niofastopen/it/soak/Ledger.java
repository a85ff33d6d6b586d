// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** What both ends of each connection have seen of it. */
final class Ledger {
    private static final int SHOWN = 20;
    private static final int CUT_OFF = -1;

    private final AtomicIntegerArray sent;
    private final AtomicIntegerArray received;
    private final AtomicIntegerArray connections;
    private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();

    Ledger(int size) {
        sent = new AtomicIntegerArray(size);
        received = new AtomicIntegerArray(size);
        connections = new AtomicIntegerArray(size);
    }

    /** The client has written so many bytes of a connection, all of which must arrive. */
    void sent(int id, int bytes) {
        sent.addAndGet(id, bytes);
    }

    /** The client has closed the connection while it wrote: whatever arrives must be its beginning. */
    void cutOff(int id) {
        sent.set(id, CUT_OFF);
    }

    /** The server has reached the end of a connection. */
    void received(byte[] bytes, int length) {
        int id = Message.idOf(bytes, length);
        if (length == 0) {
            return;
        }
        if (id < 0 || id >= received.length()) {
            problem("the server has received " + length + " bytes of an unknown connection");
        } else {
            received.addAndGet(id, length);
            connections.incrementAndGet(id);
            if (!Message.areOf(id, bytes, length)) {
                problem("connection " + id + ": the server has received other bytes than were sent");
            }
        }
    }

    void problem(String problem) {
        problems.add(problem);
    }

    int problems() {
        return problems.size();
    }

    long bytesReceived() {
        long bytes = 0;
        for (int id = 0; id < received.length(); id++) {
            bytes += received.get(id);
        }
        return bytes;
    }

    /** What doesn't agree, once all is over; the first ones of each kind. */
    List<String> disagreements() {
        List<String> all = new ArrayList<>(problems);
        for (int id = 0; id < sent.length(); id++) {
            if (connections.get(id) > 1) {
                all.add("connection " + id + " has reached the server " + connections.get(id) + " times");
            } else if (sent.get(id) != CUT_OFF && sent.get(id) != received.get(id)) {
                all.add("connection " + id + ": " + sent.get(id) + " bytes sent, " + received.get(id) + " received");
            }
        }
        return all.subList(0, Math.min(all.size(), SHOWN));
    }
}
