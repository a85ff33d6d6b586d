// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.keyshare;

import io.github.niofastopen.destinations.AuthenticatedServer;
import io.github.niofastopen.destinations.HelloLength;
import io.github.niofastopen.destinations.ServerGroups;
import io.github.niofastopen.tls.NamedGroup;

/**
 * A client's handshake until it ends: which shares its first ClientHello is without, and what its end teaches. All of one
 * handshake is done by one thread at a time.
 */
final class Handshake {
    /** What a share takes besides: the group's number, and its own length (RFC 8446, 4.2.8). */
    private static final int SHARE_HEADER = 2 + 2;

    private final AuthenticatedServer server;
    private final ServerGroups.Choice predicted;
    private int offered = ServerGroups.NO_GROUP;
    private int sharesLength;
    private boolean retried;
    private int firstHelloLength;

    /** @param predicted what the server is expected to choose, or null: then all shares are sent */
    Handshake(AuthenticatedServer server, ServerGroups.Choice predicted) {
        this.server = server;
        this.predicted = predicted;
    }

    /** Whether the first ClientHello is to have no share for a group. */
    boolean isWithout(int group) {
        return predicted != null && (NamedGroup.isPostQuantum(group) || isInThePlaceOfTheChosen(group));
    }

    private boolean isInThePlaceOfTheChosen(int group) {
        int chosen = predicted.group();
        return chosen != ServerGroups.NO_GROUP && group != chosen && Groups.areOfAKind(group, chosen);
    }

    /** The first ClientHello has a share of a group. */
    void sent(int group, int length) {
        sharesLength += SHARE_HEADER + length;
        if (NamedGroup.isPostQuantum(group)) {
            offered = group;
        }
    }

    /**
     * The server has asked for another ClientHello. Who asks isn't known yet; whoever it is, all that it can bring about is that
     * the server is offered a post-quantum share again: what others have learned meanwhile it can't undo.
     */
    void retry(ServerGroups memory, int lengthOfFirst) {
        if (!retried) {
            retried = true;
            firstHelloLength = lengthOfFirst;
            if (predicted != null) {
                memory.forget(server, predicted);
            }
        }
    }

    /** Whether the server was sent a post-quantum share, and has chosen a classical group, or none. */
    boolean isDeclinedBy(int chosen) {
        return offered != ServerGroups.NO_GROUP && !NamedGroup.isPostQuantum(chosen);
    }

    /**
     * The handshake has ended well.
     *
     * @param chosen the group, or {@link ServerGroups#NO_GROUP}
     * @param helloLength of the last ClientHello
     * @return whether first flights to the server are shorter from now on
     */
    boolean teach(ServerGroups memory, int chosen, int helloLength) {
        HelloLength first = new HelloLength(retried ? firstHelloLength : helloLength, sharesLength);
        if (NamedGroup.isPostQuantum(chosen)) {
            memory.chosePostQuantum(server);
        } else if (isDeclinedBy(chosen)) {
            return memory.choseClassical(server, chosen, offered, first);
        } else if (predicted != null && !retried) {
            predicted.cameTrue(first);
        }
        return false;
    }

    AuthenticatedServer server() {
        return server;
    }
}
