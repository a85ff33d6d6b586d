// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.monitor;

import io.github.niofastopen.linux.BootClasses;
import io.github.niofastopen.outcome.Report;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;

/**
 * Begins the event of each connect, once this JVM has a flight recorder. Until then the event's class isn't even loaded: the
 * first use of one costs a cold JVM some 100 ms, which is for those who record.
 */
final class FlightRecordings implements Supplier<Consumer<Report>>, Consumer<Report> {
    /** Loaded by the first who has to do with recordings. */
    private static final String RECORDER = "jdk.jfr.FlightRecorder";

    private volatile boolean recorderLoaded;

    @Override
    public Consumer<Report> get() {
        return isRecorderLoaded() && FlightRecorder.isInitialized() ? ConnectEvent.begunOr(this) : this;
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
