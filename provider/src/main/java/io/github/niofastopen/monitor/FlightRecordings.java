// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.monitor;

import io.github.niofastopen.linux.BootClasses;
import io.github.niofastopen.linux.Privileged;
import io.github.niofastopen.outcome.Report;
import java.security.PrivilegedAction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;

/**
 * Begins the event of each connect, once this JVM has a flight recorder. Until then the event's class isn't even loaded: the
 * first use of one costs a cold JVM some 100 ms, which is for those who record.
 */
final class FlightRecordings implements Supplier<Consumer<Report>>, Consumer<Report>, PrivilegedAction<Void> {
    /** Loaded by the first who has to do with recordings. */
    private static final String RECORDER = "jdk.jfr.FlightRecorder";

    private volatile boolean recorderLoaded;
    private volatile boolean registered;

    @Override
    public Consumer<Report> get() {
        return isRecorderLoaded() && FlightRecorder.isInitialized() ? begun() : this;
    }

    private Consumer<Report> begun() {
        if (!registered) {
            Privileged.get(this);
            registered = true;
        }
        return ConnectEvent.begunOr(this);
    }

    /** Has the event's class initialized, for which the application that connects may lack a permission. */
    @Override
    public Void run() {
        FlightRecorder.register(ConnectEvent.class);
        return null;
    }

    private boolean isRecorderLoaded() {
        if (!recorderLoaded) {
            recorderLoaded = BootClasses.mayBeLoaded(RECORDER);
        }
        return recorderLoaded;
    }

    /** Of a connect that no recording wants. */
    @Override
    public void accept(Report report) {
        // Nobody is there to see it.
    }
}
