// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import java.util.Map;

/** Contracts that a deferred connection can't keep, and why. */
final class DifferencesByNature {
    private static final String PEER_UNKNOWN = "connect returns before a packet has left: that the peer refuses or is"
        + " silent is told by the first read or write (RefusedContract, SilentPeerContract)";
    private static final String NOTHING_SENT = "a channel closed before anything was written has sent nothing";

    static final Map<String, String> REASONS = Map.of(
        "BlockingConnectContract.aRefusedConnectThrowsAndClosesTheChannel", PEER_UNKNOWN,
        "ConnectArgumentContract.port0IsRefusedByTheKernelOrAsAConnectThatFails", PEER_UNKNOWN,
        "PendingConnectContract.aRefusedConnectIsReportedByFinishConnect", PEER_UNKNOWN,
        "SocketContract.aRefusedConnectThrowsAndCloses [1] 0", PEER_UNKNOWN,
        "SocketContract.aRefusedConnectThrowsAndCloses [2] 3000", PEER_UNKNOWN,
        "SilentPeerContract.aConnectWaits", PEER_UNKNOWN,
        "SilentPeerContract.aNonBlockingConnectStaysPending", PEER_UNKNOWN,
        "SilentPeerContract.aConnectOfTheSocketTimesOutAndClosesTheChannel", PEER_UNKNOWN,
        "CloseContract.unwrittenThePeerAcceptsAndReachesTheEnd", NOTHING_SENT);

    private DifferencesByNature() {
    }
}
