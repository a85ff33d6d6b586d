// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.monitor;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.outcome.Report;
import io.github.niofastopen.outcome.Reports;
import io.github.niofastopen.time.Background;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Shows what becomes of connections to the tools that are there: flight recordings, JMX and the log. The modules
 * {@code jdk.jfr} and {@code java.management} may be absent.
 */
public final class Monitor implements Consumer<Report> {
    /** How soon a change of the log's level, or management that has come to be, is noticed while connections are made. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Log log;
    private final Background background = new Background();
    private final FastOpenManagement management;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
    private volatile boolean managementSettled;

    private Monitor(Log log, FastOpenManagement management) {
        this.log = log;
        this.management = management;
        this.managementSettled = management == null;
    }

    /** Begins to show what becomes of connections. */
    public static void attach(String version, Attempts attempts) {
        Log log = new Log(version);
        Reports reports = attempts.reports();
        if (isPresent("jdk.jfr")) {
            reports.recordBy(new FlightRecordings());
        }
        Monitor monitor = new Monitor(log, isPresent("java.management")
            ? new FastOpenManagement(version, attempts) : null);
        reports.listen(monitor);
        attempts.memory().onHostileNetwork(monitor.new HostileNetworks());
    }

    private static boolean isPresent(String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }

    /** Nothing that isn't ours is called here: the caller may be in the middle of a selection, or keep other connections' times. */
    @Override
    public void accept(Report report) {
        long now = System.nanoTime();
        long next = nextLook.get();
        if (now - next >= 0 && nextLook.compareAndSet(next, now + LOOK_NANOS)) {
            background.execute(this::look);
        }
        if (log.isDebugging()) {
            background.execute(() -> log.debug(report));
        }
    }

    /** No lambda, as nothing that a start needs: each costs a cold JVM half a millisecond. */
    private final class HostileNetworks implements Consumer<InetAddress> {
        @Override
        public void accept(InetAddress local) {
            background.execute(() -> log.hostileNetwork(local));
        }
    }

    private void look() {
        log.look();
        if (!managementSettled) {
            managementSettled = management.registerWhereManagementIsInUse();
        }
    }
}
