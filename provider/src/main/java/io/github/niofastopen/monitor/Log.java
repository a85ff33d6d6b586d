package io.github.niofastopen.monitor;

import io.github.niofastopen.outcome.Report;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The provider's log lines, by logger {@code io.github.niofastopen}.
 *
 * <p>The first use of a logger costs a cold JVM some 50 ms, and may begin what the application hasn't configured yet: it
 * waits for the first connect, and happens in the background. Until then what there is to say is kept.
 */
public final class Log {
    private static final String NAME = "io.github.niofastopen";
    private static final int MOST_KEPT = 100;

    private final String version;
    private volatile Logger logger;

    // -- Protected by the monitor

    private boolean begun;
    private final List<Report> kept = new ArrayList<>();

    /** @param version of the provider */
    public Log(String version) {
        this.version = version;
    }

    /** Says at once what must not wait for a connect. */
    public static void warn(List<String> warnings) {
        Logger logger = System.getLogger(NAME);
        warnings.forEach(warning -> logger.log(Level.WARNING, warning));
    }

    void ended(Report report, Executor background) {
        Logger ready = logger;
        if (ready != null) {
            debug(ready, report);
        } else if (keep(report)) {
            background.execute(this::begin);
        }
    }

    void hostileNetwork(InetAddress local) {
        System.getLogger(NAME).log(Level.WARNING, "connections with TCP Fast Open from " + local.getHostAddress()
            + " to several destinations in a row were lost or refused; ordinary ones took their place, and Fast Open isn't"
            + " tried from there for a while");
    }

    /** @return whether this is the first one */
    private synchronized boolean keep(Report report) {
        if (kept.size() < MOST_KEPT) {
            kept.add(report);
        }
        boolean first = !begun;
        begun = true;
        return first;
    }

    private void begin() {
        Logger ready = System.getLogger(NAME);
        ready.log(Level.INFO, "nio-fastopen " + version + ": TCP Fast Open is on");
        takeKept(ready).forEach(report -> debug(ready, report));
    }

    private synchronized List<Report> takeKept(Logger ready) {
        logger = ready;
        List<Report> reports = new ArrayList<>(kept);
        kept.clear();
        return reports;
    }

    private static void debug(Logger ready, Report report) {
        if (ready.isLoggable(Level.DEBUG)) {
            ready.log(Level.DEBUG, text(report));
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
