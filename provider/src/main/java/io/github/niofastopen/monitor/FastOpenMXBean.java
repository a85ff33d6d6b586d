// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.monitor;

import java.util.Map;

/** What JMX clients see, as {@code io.github.niofastopen:type=FastOpen}. */
public interface FastOpenMXBean {

    String getVersion();

    /** Whether connects are deferred; false leaves those that begin from now on to the JDK. */
    boolean isEnabled();

    void setEnabled(boolean enabled);

    /** Whether the kernel or a sandbox has refused Fast Open to this process: nothing is deferred then. */
    boolean isRefused();

    /** How many connections have had each outcome since the JVM started. */
    Map<String, Long> getOutcomes();

    /** What was seen of destinations: whether their connections begin with a ClientHello, by address and port. */
    Map<String, Boolean> getDestinations();

    /** Paths that are avoided, and for how many seconds still, by local and remote address. */
    Map<String, Long> getAvoided();

    /** The settings in force. */
    Map<String, String> getConfiguration();

    /**
     * Forgets what is known of a destination, ports and failures alike.
     *
     * @param address an IP address
     * @throws IllegalArgumentException if it isn't one
     */
    void forget(String address);

    /** Forgets what is known of all destinations and networks. */
    void forgetAll();
}
