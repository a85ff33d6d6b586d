// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** Connects to itself, begins a flight recording, connects again, and prints how many connects were recorded. */
public final class LateRecording {
    private static final String EVENT = "io.github.niofastopen.Connect";

    private LateRecording() {
    }

    public static void main(String[] args) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            exchange(server);
            System.out.println("connected unrecorded");
            try (Recording recording = new Recording()) {
                recording.start();
                exchange(server);
                System.out.println("connected recorded");
                System.out.println("recorded " + countOf(recording));
            }
        }
    }

    private static void exchange(ServerSocketChannel server) throws IOException {
        try (SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
            client.write(ByteBuffer.allocate(1));
            try (SocketChannel accepted = server.accept()) {
                accepted.read(ByteBuffer.allocate(1));
                accepted.write(ByteBuffer.allocate(1));
            }
            client.read(ByteBuffer.allocate(1));
        }
    }

    private static long countOf(Recording recording) throws IOException {
        Path file = Files.createTempFile("late", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(EVENT)).count();
        } finally {
            Files.delete(file);
        }
    }
}
