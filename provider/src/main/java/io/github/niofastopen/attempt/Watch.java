// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.linux.TcpInfo;

/**
 * How far a connection comes after its SYN was answered, as the kernel tells. A path that takes the data of a SYN may lose what
 * follows, of the server's or of ours; only what has arrived at both ends proves it.
 *
 * <p>What is lost of ours is certain: it stays unacknowledged however often it is sent again. What is lost of the server's looks
 * like a slow server in all that {@code TCP_INFO} has.
 *
 * <p>Written under the attempt's monitor.
 */
final class Watch {

    /** It changes only as {@link #mayBecome} has it. */
    enum Progress {
        /** Nothing has arrived but the answer to the SYN. */
        SILENT,
        /** Something has arrived; nothing that was sent after the SYN was acknowledged. */
        HEARD,
        /** Something has arrived, and something that was sent after the SYN was acknowledged. */
        PROVEN,
        /** What was sent after the SYN is lost, for certain. */
        LOST,
        /** The connection is over, and may have been lost. */
        DOUBTFUL,
        /** The connection is over, and says nothing of its path. */
        UNDECIDED;

        boolean mayBecome(Progress next) {
            // No switch: its table is a class of its own, which a cold JVM has to load
            return this == SILENT ? next != SILENT : this == HEARD && next != HEARD && next != SILENT;
        }

        boolean isOpen() {
            return this == SILENT || this == HEARD;
        }
    }

    /** Fewer may be chance: on a path that loses a fifth of all segments, so many of one are lost in a row once in hundreds. */
    static final int CERTAINLY_LOST = 4;
    private static final int NOT_KNOWN = -1;

    /** What the peer has acknowledged before anything was sent that counts, in bytes. */
    private int acknowledgedBefore;
    private final int resentBefore;
    private volatile boolean heard;
    private volatile int resent;
    private volatile boolean outOfOrder;
    private volatile boolean losing;
    private volatile Progress progress = Progress.SILENT;

    private Watch(int acknowledgedBefore, int resentBefore) {
        this.acknowledgedBefore = acknowledgedBefore;
        this.resentBefore = resentBefore;
    }

    /** A connection whose SYN carried data, when it was answered. */
    static Watch of(TcpInfo answered) {
        return new Watch(answered.acknowledgedBytes(), answered.retransmissions());
    }

    /** An ordinary connection: what counts is sent after the first answer to its first flight. */
    static Watch ofOrdinary() {
        return new Watch(NOT_KNOWN, 0);
    }

    Progress progress() {
        return progress;
    }

    boolean isOpen() {
        return progress.isOpen();
    }

    /** Whether something has arrived. */
    boolean wasHeard() {
        return heard;
    }

    /** How many segments were sent again after the SYN was answered. */
    int resent() {
        return resent;
    }

    /** Whether something was lost in either direction: sent again, or missing before what has arrived. */
    boolean hasLost() {
        return resent > 0 || outOfOrder;
    }

    /** Whether something was sent again, and isn't acknowledged yet: what becomes of it is open. */
    boolean isLosing() {
        return losing;
    }

    /** The connection is alive: looks how far it has come. */
    Progress look(TcpInfo info) {
        if (isOpen() && info.wasAnswered()) {
            resent = info.retransmissions() - resentBefore;
            losing = resent > 0 && info.hasUnacknowledged();
            outOfOrder = info.hasReceivedOutOfOrder();
            heard = heard || info.hasReceived();
            boolean acknowledged = acknowledgedBefore != NOT_KNOWN && info.acknowledgedBytes() > acknowledgedBefore;
            if (heard && acknowledgedBefore == NOT_KNOWN) {
                acknowledgedBefore = info.acknowledgedBytes();
            }
            moveTo(now(acknowledged));
        }
        return progress;
    }

    private Progress now(boolean acknowledged) {
        if (heard && acknowledged) {
            return Progress.PROVEN;
        }
        if (!acknowledged && losing && resent >= CERTAINLY_LOST) {
            return Progress.LOST;
        }
        return heard ? Progress.HEARD : Progress.SILENT;
    }

    /**
     * The connection is being closed: nothing follows.
     *
     * @param hadTime whether the server had time to answer
     */
    Progress end(TcpInfo last, boolean hadTime) {
        if (look(last).isOpen()) {
            moveTo(last.isClosed() || losing || !heard && hadTime ? Progress.DOUBTFUL : Progress.UNDECIDED);
        }
        return progress;
    }

    /** Nothing more is to be found out. */
    void end() {
        if (isOpen()) {
            moveTo(Progress.UNDECIDED);
        }
    }

    private void moveTo(Progress next) {
        if (next == progress) {
            return;
        }
        if (!progress.mayBecome(next)) {
            throw new IllegalStateException(progress + " can't become " + next);
        }
        progress = next;
    }
}
