// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.monitor;

import io.github.niofastopen.linux.BootClasses;
import io.github.niofastopen.outcome.Report;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What the provider has to say, by logger {@code io.github.niofastopen}.
 *
 * <p>A logger is the application's. It may block or throw, so all but {@link #warn} is to be called in the background. And
 * its first use decides for good who logs in this JVM, and how: application servers set {@code java.util.logging.manager}
 * after their first connections. So nothing is logged until somebody else has begun to. A warning doesn't wait for that:
 * it goes to the standard error, as the JVM's own do.
 */
public final class Log {
    private static final String NAME = "io.github.niofastopen";
    /** One of them is loaded by the first line that is logged, or by whoever sets up how. */
    private static final String[] LOGGING = {"java.util.logging.LogManager", "jdk.internal.logger.LoggerFinderLoader"};

    private final String version;
    private volatile Logger logger;
    private volatile boolean debugging = true;

    /** @param version of the provider */
    Log(String version) {
        this.version = version;
    }

    /** Says at once what an operator must see, whatever becomes of this JVM's logging. */
    public static void warn(List<String> warnings) {
        for (String warning : warnings) {
            System.err.println("WARNING: nio-fastopen: " + warning);
        }
    }

    /** Says once, when logging is in use, that the provider is at work, and looks what else is to be said. */
    void look() {
        if (logger == null && isLoggingInUse()) {
            logger = System.getLogger(NAME);
            logger.log(Level.INFO, "nio-fastopen " + version + ": TCP Fast Open is on");
        }
        debugging = logger != null && logger.isLoggable(Level.DEBUG);
    }

    static boolean isLoggingInUse() {
        for (String name : LOGGING) {
            if (BootClasses.isLoaded(name)) {
                return true;
            }
        }
        return false;
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
        String warning = "connections with TCP Fast Open from " + local.getHostAddress()
            + " to several destinations in a row were lost or refused; ordinary ones took their place, and Fast Open isn't"
            + " tried from there for a while";
        if (isLoggingInUse()) {
            System.getLogger(NAME).log(Level.WARNING, warning);
        } else {
            warn(List.of(warning));
        }
    }

    private static String text(Report report) {
        InetSocketAddress remote = report.remote();
        return remote + ": " + report.outcome() + " (" + report.outcome().inWords() + ")"
            + (report.offeredBytes() == 0 ? ""
                : ", " + report.acceptedBytes() + " of " + report.offeredBytes() + " bytes accepted from the SYN")
            + (report.peerNanos() == 0 ? "" : ", peer heard from after " + report.peerNanos() / 1000 + " µs");
    }
}
