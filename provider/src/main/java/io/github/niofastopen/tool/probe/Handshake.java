// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.tls.ClientHelloParts;
import io.github.niofastopen.tls.NamedGroup;
import io.github.niofastopen.tls.ServerHelloParts;

/**
 * What client and server said to each other first; each is null if it wasn't said, or couldn't be read.
 *
 * @param hello the first ClientHello
 * @param retry the server's HelloRetryRequest
 * @param answer its ServerHello
 */
public record Handshake(ClientHelloParts hello, ServerHelloParts retry, ServerHelloParts answer) {

    /** The number of the group that keys were agreed on in, or {@link ServerHelloParts#NO_GROUP}: TLS 1.2 doesn't tell it there. */
    public int group() {
        return answer == null ? ServerHelloParts.NO_GROUP : answer.group();
    }

    /** Whether who records the connection now can't read it later with a quantum computer. */
    public boolean isPostQuantum() {
        return NamedGroup.isPostQuantum(group());
    }

    public boolean wasAskedAgain() {
        return retry != null;
    }

    public boolean wasResumed() {
        return answer != null && hello != null && answer.resumes(hello);
    }

    /** The group's name, or which version of TLS doesn't tell it. */
    public String groupName() {
        if (group() != ServerHelloParts.NO_GROUP) {
            return NamedGroup.nameOf(group());
        }
        return answer == null ? "unknown" : answer.version() < ServerHelloParts.TLS13 ? "a group of TLS 1.2" : "a key known before";
    }
}
