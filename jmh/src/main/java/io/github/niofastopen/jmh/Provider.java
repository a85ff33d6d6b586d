// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh;

import java.nio.channels.SocketChannel;
import java.util.List;

/** The options of the JVMs that are compared, and a check that they do what they say. */
public final class Provider {
    /** Puts this provider in charge. */
    public static final String SWITCH =
        "-Djava.nio.channels.spi.SelectorProvider=io.github.niofastopen.FastOpenSelectorProvider";
    /** Loopback connections are left alone by default. The JDK's provider doesn't know these. */
    public static final String ON_LOOPBACK = "-Dniofastopen.loopback=true";
    public static final String DEFER_ALL = "-Dniofastopen.defer=always";
    public static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
    /** All of them. */
    public static final List<String> OPTIONS = List.of(ON_LOOPBACK, DEFER_ALL, SWITCH, NATIVE_ACCESS);

    /** So that {@link io.github.niofastopen.jmh.connect.EngineHandshake} can put the agent's hooks to sleep. */
    private static final String OPEN_TLS = "--add-opens=java.base/sun.security.ssl=ALL-UNNAMED";

    private static final String CLASS = "FastOpenSocketChannel";

    private Provider() {
    }

    /** The agent in the switch's place: what is on the class path as one jar, which says so in its manifest. */
    static List<String> byAgent() {
        return List.of(ON_LOOPBACK, DEFER_ALL, "-javaagent:" + System.getProperty("java.class.path"), NATIVE_ACCESS, OPEN_TLS);
    }

    /** Whether this JVM has the switch, which the agent sets, too. */
    public static boolean isFastOpen() {
        return System.getProperty("java.nio.channels.spi.SelectorProvider") != null;
    }

    /** Makes sure that what is measured is what the benchmark's name says. */
    public static SocketChannel checked(SocketChannel channel) {
        if (channel.getClass().getSimpleName().equals(CLASS) != isFastOpen()) {
            throw new IllegalStateException("with the switch " + (isFastOpen() ? "on" : "off") + ", this would measure "
                + channel.getClass());
        }
        return channel;
    }
}
