// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The {@code niofastopen.*} system properties, read once. A value that can't be used is replaced by the default and
 * described in {@link #warnings}; it is never an error for the application. Lists of destinations keep the entries that can be
 * used. A list of the only ones that are deferred, of which none can, isn't taken for none: nothing is deferred then.
 *
 * @param enabled {@code niofastopen.enabled}: false leaves everything to the JDK's provider
 * @param defer {@code niofastopen.defer}: which connections may be deferred
 * @param tlsPorts {@code niofastopen.tlsPorts}: where a ClientHello is expected before anything was seen
 * @param include {@code niofastopen.include}: if not empty, the only destinations that are deferred
 * @param exclude {@code niofastopen.exclude}: destinations that are never deferred
 * @param noCookie {@code niofastopen.noCookie}: destinations whose servers take the data of a SYN without a cookie
 * @param firstWrite {@code niofastopen.firstWrite}: what may ride in a SYN
 * @param noDelay {@code niofastopen.noDelay}: who says whether Nagle's algorithm is on during a handshake of TLS
 * @param windowMillis {@code niofastopen.window}: how long a SYN is held back for a first write, in ms;
 *     {@link #WINDOW_LEARNED}
 * @param hedgeMillis {@code niofastopen.hedge}: how long a peer has to answer a SYN with Fast Open before an ordinary
 *     connection takes its place, in ms; {@link #HEDGE_BY_RTT}, or 0 for never
 * @param forgetMillis {@code niofastopen.forget}: how long a destination that turned out not to be TLS stays so, in ms
 * @param loopback {@code niofastopen.loopback}: whether connections to this machine itself may be deferred
 * @param keyShare {@code niofastopen.keyShare}: which key shares a ClientHello of the JDK has
 * @param reofferMillis {@code niofastopen.keyShare.reoffer}: how long a server that has chosen a classical group is sent no
 *     post-quantum key share, in ms
 * @param sockets {@code niofastopen.sockets}: whether {@link java.net.Socket} is changed where an agent is there
 * @param serverQueue {@code niofastopen.server.queue}: how many Fast Open connections may be pending on each server
 *     socket channel; 0 leaves servers alone
 * @param nativeDir {@code niofastopen.native.dir}: the folder to which the native library is copied, or null
 * @param warnings a line for each value that couldn't be used
 */
public record Configuration(
    boolean enabled,
    Defer defer,
    Set<Integer> tlsPorts,
    DestinationList include,
    DestinationList exclude,
    DestinationList noCookie,
    FirstWrite firstWrite,
    NoDelay noDelay,
    long windowMillis,
    long hedgeMillis,
    long forgetMillis,
    boolean loopback,
    KeyShare keyShare,
    long reofferMillis,
    boolean sockets,
    int serverQueue,
    String nativeDir,
    List<String> warnings) {

    /** Which connections may be deferred. */
    public enum Defer {
        /** Those to destinations where a ClientHello is expected. */
        EXPECTED,
        /** All. */
        ALWAYS,
        /** None. */
        NEVER
    }

    /** What may ride in a SYN, which the network may deliver twice (RFC 7413, 6). */
    public enum FirstWrite {
        /** A ClientHello. */
        TLS,
        /** Whatever is written first: for those who know that it may be repeated. */
        ANY
    }

    /** When {@code TCP_NODELAY} is on. */
    public enum NoDelay {
        /** When the application has set it. */
        APPLICATION,
        /** During the handshake of TLS, and until its end or the first application data is acknowledged, too. */
        HANDSHAKE
    }

    /** Which key shares a ClientHello of the JDK has. */
    public enum KeyShare {
        /** Those that the server is expected to take, where the others don't fit the SYN. */
        PREDICT,
        /** The JDK's own. */
        DEFAULT
    }

    /**
     * Ports on which TLS begins with the first byte, by the IANA registry of service names (https, submissions, nntps,
     * ldaps, domain-s, ftps, telnets, imaps, pop3s, docker-s, msft-gc-ssl, sips, amqps, wsmans, syslog-tls, ircs-u,
     * secure-mqtt, tungsten-https and others) or by widespread use as an alternate of these.
     */
    public static final Set<Integer> DEFAULT_TLS_PORTS = Set.of(
        443, 465, 563, 636, 853, 989, 990, 992, 993, 995,
        2376, 3269, 4443, 5061, 5349, 5671, 5986, 6443, 6514, 6697,
        8243, 8443, 8883, 9443, 10443);

    /** For how long, this JVM's ClientHellos tell. */
    public static final long WINDOW_LEARNED = 0;

    /** The time to answer depends on the destination's round-trip time. */
    public static final long HEDGE_BY_RTT = -1;

    private static final Map<String, Long> HEDGE_WORDS = Map.of("auto", HEDGE_BY_RTT, "off", 0L);
    private static final Map<String, Long> WINDOW_WORDS = Map.of("auto", WINDOW_LEARNED);
    private static final long MAX_WINDOW_MILLIS = 60_000;
    private static final long DEFAULT_FORGET_MILLIS = 600_000;
    private static final long MAX_FORGET_MILLIS = 7L * 24 * 3_600_000;
    private static final long DEFAULT_REOFFER_MILLIS = 3_600_000;
    private static final long MAX_REOFFER_MILLIS = 24 * 3_600_000;
    /** The kernel cuts it to net.core.somaxconn (net/ipv4/tcp.c, fastopen_queue_tune). */
    private static final int MAX_SERVER_QUEUE = 1 << 20;

    /** Reads the configuration from properties. */
    public static Configuration from(Properties properties) {
        PropertyReader reader = new PropertyReader(properties, "niofastopen.");
        DestinationList include = reader.destinations("include", "nothing is deferred");
        boolean nothingIncluded = include.isEmpty() && reader.textOrNull("include") != null;
        Defer defer = reader.choice("defer", Defer.EXPECTED);
        return new Configuration(
            reader.flag("enabled", true),
            nothingIncluded ? Defer.NEVER : defer,
            reader.ports("tlsPorts", DEFAULT_TLS_PORTS),
            include,
            reader.destinations("exclude", "nothing is excluded"),
            reader.destinations("noCookie", "all servers are asked for cookies"),
            reader.choice("firstWrite", FirstWrite.TLS),
            reader.choice("noDelay", NoDelay.APPLICATION),
            reader.numberOr("window", WINDOW_WORDS, WINDOW_LEARNED, 1, MAX_WINDOW_MILLIS),
            reader.numberOr("hedge", HEDGE_WORDS, HEDGE_BY_RTT, 1, MAX_WINDOW_MILLIS),
            reader.number("forget", DEFAULT_FORGET_MILLIS, 0, MAX_FORGET_MILLIS),
            reader.flag("loopback", false),
            reader.choice("keyShare", KeyShare.PREDICT),
            reader.number("keyShare.reoffer", DEFAULT_REOFFER_MILLIS, 0, MAX_REOFFER_MILLIS),
            reader.flag("sockets", true),
            (int) reader.number("server.queue", 0, 0, MAX_SERVER_QUEUE),
            reader.textOrNull("native.dir"),
            reader.warnings());
    }

    /** The value of each property that is in use, as it would be written. */
    public Map<String, String> inForce() {
        Map<String, String> values = new TreeMap<>();
        values.put("niofastopen.enabled", Boolean.toString(enabled));
        values.put("niofastopen.defer", lowerCase(defer));
        values.put("niofastopen.tlsPorts", new TreeSet<>(tlsPorts).stream().map(String::valueOf).collect(Collectors.joining(",")));
        values.put("niofastopen.include", include.toString());
        values.put("niofastopen.exclude", exclude.toString());
        values.put("niofastopen.noCookie", noCookie.toString());
        values.put("niofastopen.firstWrite", lowerCase(firstWrite));
        values.put("niofastopen.noDelay", lowerCase(noDelay));
        values.put("niofastopen.window", PropertyReader.wordFor(WINDOW_WORDS, windowMillis));
        values.put("niofastopen.hedge", PropertyReader.wordFor(HEDGE_WORDS, hedgeMillis));
        values.put("niofastopen.forget", Long.toString(forgetMillis));
        values.put("niofastopen.loopback", Boolean.toString(loopback));
        values.put("niofastopen.keyShare", lowerCase(keyShare));
        values.put("niofastopen.keyShare.reoffer", Long.toString(reofferMillis));
        values.put("niofastopen.sockets", Boolean.toString(sockets));
        values.put("niofastopen.server.queue", Integer.toString(serverQueue));
        values.put("niofastopen.native.dir", nativeDir == null ? "" : nativeDir);
        return values;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
