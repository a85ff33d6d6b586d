// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.monitor;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.linux.BootClasses;
import io.github.niofastopen.outcome.Report;
import io.github.niofastopen.outcome.Reports;
import io.github.niofastopen.time.Background;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Shows what becomes of connections to the tools that are there: flight recordings, JMX and the log. The modules
 * {@code jdk.jfr} and {@code java.management} may be absent. Where none of them is in use, nothing is done for them: a program
 * that makes one connection starts no thread, and loads no class, for what nobody sees.
 */
public final class Monitor implements Consumer<Report> {
    /** How soon a change of the log's level, or management that has come to be, is noticed while connections are made. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Loaded by the first who has to do with management. */
    private static final String MANAGEMENT = "javax.management.MBeanServerFactory";

    private final Log log;
    private final Background background = new Background();
    private final String version;
    private final Attempts attempts;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
    private volatile boolean managementSettled;
    private volatile boolean inUse;

    private Monitor(String version, Attempts attempts) {
        this.log = new Log(version);
        this.version = version;
        this.attempts = attempts;
        this.managementSettled = !isPresent("java.management");
    }

    /** Begins to show what becomes of connections. */
    public static void attach(String version, Attempts attempts) {
        Reports reports = attempts.reports();
        if (isPresent("jdk.jfr")) {
            reports.recordBy(new FlightRecordings());
        }
        Monitor monitor = new Monitor(version, attempts);
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
        boolean due = now - next >= 0 && nextLook.compareAndSet(next, now + LOOK_NANOS);
        if (due) {
            inUse = Log.isLoggingInUse() || isManagementToBeSettled();
        }
        if (inUse && (due || log.isDebugging())) {
            background.execute(new Telling(report, due));
        }
    }

    private boolean isManagementToBeSettled() {
        return !managementSettled && BootClasses.mayBeLoaded(MANAGEMENT);
    }

    private final class Telling implements Runnable {
        private final Report report;
        private final boolean due;

        Telling(Report report, boolean due) {
            this.report = report;
            this.due = due;
        }

        @Override
        public void run() {
            if (due) {
                look();
            }
            log.debug(report);
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
        if (isManagementToBeSettled()) {
            managementSettled = new FastOpenManagement(version, attempts).registerWhereManagementIsInUse();
        }
    }
}
