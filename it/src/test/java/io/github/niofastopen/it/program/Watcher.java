// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import javax.management.JMException;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Runs scenarios, and then tells what a flight recording and JMX show of their connections. A line {@code jfr OUTCOME
 * OFFERED ACCEPTED} each, in order, and a line {@code jmx OUTCOME COUNT} for each that is not 0.
 */
public final class Watcher {
    private static final String EVENT = "io.github.niofastopen.Connect";

    private Watcher() {
    }

    /** Arguments: as those of {@link Scenarios}. */
    public static void main(String[] args) throws IOException, JMException {
        Outcomes outcomes = new Outcomes();
        try (Recording recording = new Recording()) {
            recording.start();
            Scenarios.main(args);
            tellRecorded(recording);
        }
        outcomes.tell(System.out);
    }

    private static void tellRecorded(Recording recording) throws IOException {
        Path file = Files.createTempFile("lab", ".jfr");
        try {
            recording.dump(file);
            RecordingFile.readAllEvents(file).stream().filter(event -> event.getEventType().getName().equals(EVENT))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .forEach(event -> System.out.println("jfr " + event.getString("outcome") + " "
                    + event.getInt("bytesOffered") + " " + event.getInt("bytesAccepted")));
        } finally {
            Files.delete(file);
        }
    }
}
