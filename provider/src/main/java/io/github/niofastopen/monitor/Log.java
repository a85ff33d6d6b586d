// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.monitor;

import io.github.niofastopen.outcome.Report;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The provider's log lines, by logger {@code io.github.niofastopen}.
 *
 * <p>A logger is the application's: it may block, throw, or begin what the application hasn't configured yet, and its
 * first use costs a cold JVM some 50 ms. All but {@link #warn} is to be called in the background.
 */
public final class Log {
    private static final String NAME = "io.github.niofastopen";

    private final String version;
    private volatile Logger logger;
    private volatile boolean debugging = true;

    /** @param version of the provider */
    Log(String version) {
        this.version = version;
    }

    /** Says at once what must not wait for a connect. */
    public static void warn(List<String> warnings) {
        Logger logger = System.getLogger(NAME);
        warnings.forEach(warning -> logger.log(Level.WARNING, warning));
    }

    /** Says once that the provider is at work, and looks what else is to be said. */
    void look() {
        Logger current = logger;
        if (current == null) {
            current = System.getLogger(NAME);
            logger = current;
            current.log(Level.INFO, "nio-fastopen " + version + ": TCP Fast Open is on");
        }
        debugging = current.isLoggable(Level.DEBUG);
    }

    /** Whether there is a line for each connect; as it was at the last {@link #look}. Costs nothing. */
    boolean isDebugging() {
        return debugging;
    }

    void debug(Report report) {
        Logger current = logger;
        if (current != null && current.isLoggable(Level.DEBUG)) {
            current.log(Level.DEBUG, text(report));
        }
    }

    void hostileNetwork(InetAddress local) {
        System.getLogger(NAME).log(Level.WARNING, "connections with TCP Fast Open from " + local.getHostAddress()
            + " to several destinations in a row were lost or refused; ordinary ones took their place, and Fast Open isn't"
            + " tried from there for a while");
    }

    private static String text(Report report) {
        InetSocketAddress remote = report.remote();
        return remote + ": " + report.outcome() + " (" + report.outcome().inWords() + ")"
            + (report.offeredBytes() == 0 ? ""
                : ", " + report.acceptedBytes() + " of " + report.offeredBytes() + " bytes accepted from the SYN")
            + (report.peerNanos() == 0 ? "" : ", peer heard from after " + report.peerNanos() / 1000 + " µs");
    }
}
