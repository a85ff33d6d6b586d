// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.linux.NativeLibrary;
import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectEventTest {
    private static final String NAME = "io.github.niofastopen.Connect";

    @TempDir
    Path folder;

    @BeforeAll
    static void loadLibrary() throws NativeLibrary.UnavailableException {
        NativeLibrary.load(null);
    }

    @Test
    void whatTheJdksSocketEventsTellTooIsLabelledAsTheyDo() {
        // given
        Map<String, String> theirs = labels(typeNamed("jdk.SocketRead"));

        // when
        Map<String, String> ours = labels(EventType.getEventType(ConnectEvent.class));

        // then
        assertThat(ours).containsEntry("host", theirs.get("host")).containsEntry("address", theirs.get("address"))
            .containsEntry("port", theirs.get("port"));
        assertThat(EventType.getEventType(ConnectEvent.class).getCategoryNames())
            .startsWith(typeNamed("jdk.SocketRead").getCategoryNames().toArray(String[]::new));
    }

    @Test
    void eachFieldHasALabel() {
        assertThat(EventType.getEventType(ConnectEvent.class).getFields()).extracting(ValueDescriptor::getLabel).doesNotContainNull();
    }

    @Test
    void aStackIsRecordedWhereTheSettingsAskForIt() throws IOException {
        try (Recording with = new Recording(); Recording without = new Recording()) {
            // when
            without.start();
            connect();
            without.stop();
            with.enable(NAME).withStackTrace();
            with.start();
            connect();
            with.stop();

            // then
            assertThat(onlyEvent(without).getStackTrace()).isNull();
            assertThat(onlyEvent(with).getStackTrace().getFrames()).extracting(frame -> frame.getMethod().getName())
                .contains("aStackIsRecordedWhereTheSettingsAskForIt");
        }
    }

    @Test
    void theEventTellsWhatTheReportDoes() throws IOException {
        try (Recording recording = new Recording()) {
            // when
            recording.start();
            connect();
            recording.stop();

            // then
            RecordedEvent event = onlyEvent(recording);
            assertThat(event.getString("host")).isEqualTo("server.example");
            assertThat(event.getString("address")).isEqualTo("192.0.2.2");
            assertThat(event.getInt("port")).isEqualTo(443);
            assertThat(event.getString("outcome")).isEqualTo("TOO_LARGE");
            assertThat(event.getString("reason")).isEqualTo(Outcome.TOO_LARGE.inWords());
            assertThat(event.getInt("bytesOffered")).isEqualTo(1612);
            assertThat(event.getInt("bytesAccepted")).isEqualTo(1420);
            assertThat(event.getDuration("deferral")).isEqualTo(Duration.ofNanos(900_000));
            assertThat(event.getDuration("timeToPeer")).isEqualTo(Duration.ofNanos(52_400_000));
            assertThat(event.getDuration("roundTripTime")).isEqualTo(Duration.ofNanos(50_300_000));
            assertThat(event.getThread("connectingThread").getJavaName()).isEqualTo(Thread.currentThread().getName());
        }
    }

    @Test
    void whereNothingRecordsThereIsNoEvent() {
        assertThat(new FlightRecordings().get()).isNotInstanceOf(ConnectEvent.class);
    }

    private static void connect() throws IOException {
        Consumer<Report> recording = new FlightRecordings().get();
        InetAddress address = InetAddress.getByAddress("server.example", new byte[] {(byte) 192, 0, 2, 2});
        recording.accept(new Report(new InetSocketAddress(address, 443), Outcome.TOO_LARGE, 1612, 1420, 900_000, 52_400_000, 50_300));
    }

    private RecordedEvent onlyEvent(Recording recording) throws IOException {
        Path file = folder.resolve(recording.getId() + ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream().filter(event -> event.getEventType().getName().equals(NAME))
            .collect(Collectors.collectingAndThen(Collectors.toList(), events -> {
                assertThat(events).hasSize(1);
                return events.get(0);
            }));
    }

    private static Map<String, String> labels(EventType type) {
        return type.getFields().stream().filter(field -> field.getLabel() != null)
            .collect(Collectors.toMap(ValueDescriptor::getName, ValueDescriptor::getLabel));
    }

    private static EventType typeNamed(String name) {
        return FlightRecorder.getFlightRecorder().getEventTypes().stream().filter(type -> type.getName().equals(name)).findFirst()
            .orElseThrow();
    }
}
