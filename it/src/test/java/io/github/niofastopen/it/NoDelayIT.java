// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.lab.Packet;
import io.github.niofastopen.it.program.HttpsFixture;
import io.github.niofastopen.it.program.SecureGets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a request leaves together with the client's last messages of the handshake, or waits until these are acknowledged. */
@LabTest
class NoDelayIT {
    private static final int PORT = 8443;
    private static final int CONNECTIONS = 4;
    /** Long, so that a busy machine makes a request within it. */
    private static final double RTT_MILLIS = 200;
    /** Longer than anything that a client sends in a handshake but its ClientHello, shorter than a request. */
    private static final int LESS_THAN_A_REQUEST = 800;

    @TempDir
    static Path folder;
    private static Certificate certificate;

    @BeforeAll
    static void createCertificate() throws IOException {
        certificate = Certificate.createIn(folder);
    }

    @ParameterizedTest
    @CsvSource({"socket, 16", "channel, 16", "socket, 0", "channel, 0"})
    void withNagleOffInHandshakesTheRequestDoesNotWaitForAnAcknowledgement(String style, int serverQueue) throws IOException {
        // when
        LabRun run = run(style, serverQueue, "handshake");

        // then: not if that takes the client as long as an acknowledgement
        assertThat(connections(run)).hasSize(CONNECTIONS).anySatisfy(packets ->
            assertThat(acknowledgementsBeforeTheRequest(packets)).as(run + "\n" + packets).isZero());
        assertThat(run.flows().subList(1, CONNECTIONS)).as("deferred, where the server grants cookies: " + run)
            .allMatch(flow -> flow.synCarriesClientHello() == serverQueue > 0);
        assertThat(run.out()).as("TCP_NODELAY, by the application").allMatch(line -> line.endsWith(" false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket", "channel"})
    void asItComesTheRequestWaits(String style) throws IOException {
        // when
        LabRun run = run(style, 16, "application");

        // then
        assertThat(connections(run)).hasSize(CONNECTIONS).allSatisfy(packets ->
            assertThat(acknowledgementsBeforeTheRequest(packets)).as(run + "\n" + packets).isPositive());
    }

    private static LabRun run(String style, int serverQueue, String noDelay) throws IOException {
        // Or its own flight waits for an acknowledgement
        JavaProgram server = JavaProgram.of(HttpsFixture.class).withSwitch().property("sun.net.httpserver.nodelay", true)
            .property("niofastopen.server.queue", serverQueue).arguments(certificate.keyStore(), certificate.password(), 0, PORT);
        // JDK 27's key shares don't fit a SYN as they come
        JavaProgram client = JavaProgram.of(SecureGets.class).withAgent().trusting(certificate).option("-Xcheck:jni")
            .property("jdk.tls.namedGroups", "x25519,secp256r1").property("jdk.tls.client.protocols", "TLSv1.3")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS).property("niofastopen.noDelay", noDelay)
            .arguments(style, Path50.FAR, PORT, CONNECTIONS);
        return Path50.run(Lab.path(RTT_MILLIS).option("--wait-port", PORT).capturing().far(server).near(client));
    }

    /** The packets of each connection as the near end saw them, in their order. */
    private static List<List<Packet>> connections(LabRun run) {
        Map<String, List<Packet>> byConnection = new LinkedHashMap<>();
        for (Packet packet : run.nearPackets()) {
            if (packet.isTcp()) {
                byConnection.computeIfAbsent(packet.connection(), connection -> new ArrayList<>()).add(packet);
            }
        }
        return List.copyOf(byConnection.values());
    }

    /** How many packets had told, when the request left, that something of the client's flight that ends with it had come through. */
    private static long acknowledgementsBeforeTheRequest(List<Packet> packets) {
        String near = packets.get(0).source();
        int answered = indexOf(packets, 0, packet -> !packet.source().equals(near) && packet.dataLength() > 0);
        int flight = indexOf(packets, answered, packet -> packet.source().equals(near) && packet.dataLength() > 0);
        int request = indexOf(packets, flight, packet -> packet.source().equals(near) && packet.dataLength() > LESS_THAN_A_REQUEST);
        int begin = packets.get(flight).sequence();
        return packets.subList(flight, request).stream()
            .filter(packet -> !packet.source().equals(near) && packet.acknowledgment() - begin > 0).count();
    }

    private static int indexOf(List<Packet> packets, int from, Predicate<Packet> kind) {
        for (int i = from; i < packets.size(); i++) {
            if (kind.test(packets.get(i))) {
                return i;
            }
        }
        throw new AssertionError("none in " + packets.subList(from, packets.size()));
    }
}
