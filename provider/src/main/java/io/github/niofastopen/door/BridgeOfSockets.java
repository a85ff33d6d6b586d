// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import java.net.SocketImpl;
import java.net.SocketImplBridge;
import java.util.function.UnaryOperator;

/** Apart from the door, so that the bridge isn't looked for before it is there. */
final class BridgeOfSockets {

    private BridgeOfSockets() {
    }

    static void use(UnaryOperator<SocketImpl> maker) {
        SocketImplBridge.use(maker);
    }
}
