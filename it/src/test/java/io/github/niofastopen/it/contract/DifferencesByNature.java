// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static java.util.Map.entry;

import java.util.Map;

/** Contracts that a deferred connection can't keep, and why. */
final class DifferencesByNature {
    private static final String PEER_UNKNOWN = "connect returns before a packet has left: that the peer refuses or is"
        + " silent is told by the first read or write (RefusedContract, SilentPeerContract)";
    private static final String NOTHING_SENT = "what is closed before anything was written has sent nothing";

    static final Map<String, String> REASONS = Map.ofEntries(
        entry("BlockingConnectContract.aRefusedConnectThrowsAndClosesTheChannel", PEER_UNKNOWN),
        entry("ConnectArgumentContract.port0IsRefusedByTheKernelOrAsAConnectThatFails", PEER_UNKNOWN),
        entry("PendingConnectContract.aRefusedConnectIsReportedByFinishConnect", PEER_UNKNOWN),
        entry("SocketContract.aRefusedConnectThrowsAndCloses [1] 0", PEER_UNKNOWN),
        entry("SocketContract.aRefusedConnectThrowsAndCloses [2] 3000", PEER_UNKNOWN),
        entry("SilentPeerContract.aConnectWaits", PEER_UNKNOWN),
        entry("SilentPeerContract.aNonBlockingConnectStaysPending", PEER_UNKNOWN),
        entry("SilentPeerContract.aConnectOfTheSocketTimesOutAndClosesTheChannel", PEER_UNKNOWN),
        entry("PlainSocketConnectContract.aRefusedConnectThrows [1] 0", PEER_UNKNOWN),
        entry("PlainSocketConnectContract.aRefusedConnectThrows [2] 3000", PEER_UNKNOWN),
        entry("PlainSocketEndContract.aConnectTimesOut", PEER_UNKNOWN),
        entry("PlainSocketEndContract.closedUnwrittenThePeerAcceptsAndReachesTheEnd", NOTHING_SENT),
        entry("CloseContract.unwrittenThePeerAcceptsAndReachesTheEnd", NOTHING_SENT));

    private DifferencesByNature() {
    }
}
