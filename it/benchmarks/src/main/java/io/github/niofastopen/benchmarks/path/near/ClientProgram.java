// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * A contender that is a JVM: warms up on the loopback interface, then makes an exchange over the path for each line of
 * standard input, and prints its times. At the end it prints what the provider's flight recorder events told of each.
 */
public final class ClientProgram {
    /** Printed when it is warm. */
    static final String READY = "ready";
    /** What begins a line that tells of an event. */
    static final String EVENT = "event";
    /** What begins the last line of one that fails; what follows says why. */
    static final String FAILED = "failed ";
    private static final String EVENT_NAME = "io.github.niofastopen.Connect";

    private ClientProgram() {
    }

    /** Arguments: the client, how many exchanges to warm up with in each kind of handshake, where, and the server. */
    public static void main(String[] args) {
        int status = 0;
        try {
            run(args);
        } catch (Exception e) {
            e.printStackTrace();
            System.out.println(FAILED + words(e));
            status = 1;
        }
        // Event loops and the HTTP client's threads needn't end first.
        System.exit(status);
    }

    /** One line. */
    private static String words(Throwable failure) {
        String words = failure.toString().lines().findFirst().orElseThrow();
        return failure.getCause() == null ? words : words + ", caused by " + words(failure.getCause());
    }

    private static void run(String... args) throws Exception {
        Client client = clientNamed(args[0]);
        InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[2]));
        InetSocketAddress server = new InetSocketAddress(args[3], Integer.parseInt(args[4]));
        for (int i = Integer.parseInt(args[1]); i > 0; i--) {
            client.exchange(loopback, false);
            client.exchange(loopback, true);
        }
        try (Recording recording = new Recording()) {
            recording.enable(EVENT_NAME);
            recording.start();
            System.out.println(READY);
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Client.Times times = client.exchange(server, line.equals(NearEnd.RESUMED));
                System.out.println(times.connectNanos() + " " + times.firstByteNanos());
            }
            recording.stop();
            tellEvents(recording, args[3]);
        }
    }

    private static Client clientNamed(String name) throws Exception {
        return switch (name) {
            case "http-client" -> new JdkClient();
            case "netty-nio" -> NettyClient.nio();
            case "netty-epoll" -> NettyClient.epoll();
            case "netty-io-uring" -> NettyClient.ioUring();
            case "url-connection" -> new UrlClient();
            case "okhttp" -> new OkHttp();
            default -> throw new IllegalArgumentException("no such client: " + name);
        };
    }

    private static void tellEvents(Recording recording, String server) throws IOException {
        Path file = Files.createTempFile("nio-fastopen-", ".jfr");
        try {
            recording.dump(file);
            List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(EVENT_NAME))
                .filter(event -> server.equals(event.getString("address")))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime)).toList();
            for (RecordedEvent event : events) {
                System.out.println(EVENT + " " + event.getDuration("deferral").toNanos() + " " + event.getString("outcome"));
            }
        } finally {
            Files.delete(file);
        }
    }
}
