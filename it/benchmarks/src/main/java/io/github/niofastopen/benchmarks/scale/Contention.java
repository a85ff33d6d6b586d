// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** How often threads have waited for locks inside the provider, by a flight recording without thresholds. */
final class Contention implements AutoCloseable {
    private static final String MONITOR = "jdk.JavaMonitorEnter";
    private static final String PARK = "jdk.ThreadPark";

    private final Recording recording = new Recording();

    Contention() {
        recording.enable(MONITOR).withThreshold(Duration.ZERO).withStackTrace();
        recording.enable(PARK).withThreshold(Duration.ZERO).withStackTrace();
        recording.start();
    }

    /** How many waits there were, and how long they took in all, in ms. */
    record Waits(int count, double millis) {
    }

    Waits waits() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("nio-fastopen-benchmark-", ".jfr");
        try {
            recording.dump(file);
            List<RecordedEvent> waits = RecordingFile.readAllEvents(file).stream().filter(Contention::isForALockOfTheProvider).toList();
            return new Waits(waits.size(), waits.stream().mapToLong(wait -> wait.getDuration().toNanos()).sum() / 1e6);
        } finally {
            Files.delete(file);
        }
    }

    /** A timer that waits for its next task parks too, but not in a lock's {@code lock}. */
    private static boolean isForALockOfTheProvider(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return false;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        boolean lock = event.getEventType().getName().equals(MONITOR) || frames.stream().anyMatch(frame ->
            typeOf(frame).startsWith("java.util.concurrent.locks.Reentrant") && frame.getMethod().getName().equals("lock"));
        return lock && frames.stream().anyMatch(frame -> typeOf(frame).startsWith("io.github.niofastopen.")
            && !typeOf(frame).startsWith("io.github.niofastopen.benchmarks."));
    }

    private static String typeOf(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }

    @Override
    public void close() {
        recording.close();
    }
}
