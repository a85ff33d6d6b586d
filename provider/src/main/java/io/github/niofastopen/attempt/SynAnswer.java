// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.outcome.Outcome;
import java.util.concurrent.TimeUnit;

/** What the answer to the SYN that Fast Open was tried with tells of it. */
final class SynAnswer {
    /** The kernel sends a SYN again after a second (net/ipv4/tcp.c, TCP_TIMEOUT_INIT), without Fast Open. */
    private static final long SYN_RESENT_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    private final TcpInfo info;
    private final boolean carried;
    private final boolean early;

    /**
     * @param carried whether the SYN carried data
     * @param waitedNanos since it left
     */
    SynAnswer(TcpInfo info, boolean carried, long waitedNanos) {
        this.info = info;
        this.carried = carried;
        this.early = waitedNanos < SYN_RESENT_NANOS;
    }

    /** @param expected what the attempt comes to if the SYN was answered as it should be */
    Outcome outcome(Outcome expected) {
        if (wasResent()) {
            return carried && early ? Outcome.SYN_TOO_LONG : Outcome.SYN_RESENT;
        }
        if (expected == Outcome.NO_COOKIE && info.askedForNoCookie()) {
            return Outcome.PAUSED_BY_KERNEL;
        }
        return !carried || info.synDataAcknowledged() ? expected : Outcome.DATA_NOT_ACKNOWLEDGED;
    }

    /**
     * Data that was taken off the SYN on its way is sent again too: only the kernel can tell that from a lost SYN. Before
     * Linux 5.5 it doesn't, but an answer that came this late wasn't the first SYN's.
     */
    private boolean wasResent() {
        if (!carried) {
            return info.retransmissions() > 0;
        }
        return info.clientFail() == TcpInfo.ClientFail.SYN_RETRANSMITTED
            || info.clientFail() == TcpInfo.ClientFail.UNSPECIFIED && !info.synDataAcknowledged()
                && info.retransmissions() > 0 && !early;
    }
}
