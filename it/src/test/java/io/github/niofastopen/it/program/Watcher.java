// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
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
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try (Recording recording = new Recording()) {
            recording.start();
            Scenarios.main(args);
            tellRecorded(recording);
        }
        ObjectName name = new ObjectName("io.github.niofastopen:type=FastOpen");
        while (!server.isRegistered(name)) {
            Thread.onSpinWait(); // that happens in the background
        }
        ((TabularData) server.getAttribute(name, "Outcomes")).values().stream()
            .map(CompositeData.class::cast).filter(row -> (Long) row.get("value") > 0)
            .forEach(row -> System.out.println("jmx " + row.get("key") + " " + row.get("value")));
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
