// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.util.function.Predicate;

/** Which addresses are this machine's own, and from which of them connections leave. Safe for use by many threads. */
interface LocalAddresses extends Predicate<InetAddress> {

    /** Whether a connection to an address crosses no network. */
    @Override
    boolean test(InetAddress address);

    /** The local address from which a connection that isn't bound would leave now; null if that isn't known. */
    InetAddress towards(InetAddress remote);
}
