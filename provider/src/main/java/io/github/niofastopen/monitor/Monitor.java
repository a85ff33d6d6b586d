package io.github.niofastopen.monitor;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.door.Channels;
import io.github.niofastopen.outcome.Report;
import io.github.niofastopen.outcome.Reports;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows what becomes of connections to the tools that are there: flight recordings, JMX and the log. The modules
 * {@code jdk.jfr} and {@code java.management} may be absent.
 */
public final class Monitor {
    private static final long LOOK_FOR_MANAGEMENT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Log log;
    private final Channels channels;
    private final FastOpenManagement management;
    /** When to look next whether management is in use. */
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
    private volatile boolean managementSettled;

    private Monitor(Log log, Channels channels, FastOpenManagement management) {
        this.log = log;
        this.channels = channels;
        this.management = management;
        this.managementSettled = management == null;
    }

    /** Begins to show what becomes of connections. */
    public static void attach(String version, Configuration configuration, Channels channels) {
        Log log = new Log(version);
        Reports reports = channels.reports();
        if (isPresent("jdk.jfr")) {
            reports.recordBy(ConnectEvent::begun);
        }
        Monitor monitor = new Monitor(log, channels, isPresent("java.management")
            ? new FastOpenManagement(version, configuration, channels) : null);
        reports.listen(monitor::ended);
        channels.paths().onHostileNetwork(log::hostileNetwork);
    }

    private static boolean isPresent(String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }

    private void ended(Report report) {
        log.ended(report, channels::inBackground);
        if (!managementSettled) {
            registerOnceManagementIsInUse();
        }
    }

    private void registerOnceManagementIsInUse() {
        long now = System.nanoTime();
        long next = nextLook.get();
        if (now - next >= 0 && nextLook.compareAndSet(next, now + LOOK_FOR_MANAGEMENT_NANOS)) {
            managementSettled = management.registerWhereManagementIsInUse();
        }
    }
}
