// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.lab;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of one run of the lab, in a folder that is gone when the run is over. */
final class RunFiles implements Closeable {
    private final Path folder;

    RunFiles() throws IOException {
        folder = Files.createTempDirectory("nio-fastopen-lab-");
    }

    Path out() {
        return folder.resolve("out");
    }

    Path err() {
        return folder.resolve("err");
    }

    Path flows() {
        return folder.resolve("flows");
    }

    Path nearCapture() {
        return folder.resolve("near.pcap");
    }

    Path farCapture() {
        return folder.resolve("far.pcap");
    }

    Path faults() {
        return folder.resolve("faults");
    }

    /** What was written; a lab that fails at its start writes less. */
    LabRun read(int status) throws IOException {
        return new LabRun(status, lines(out()), lines(err()), Flow.parse(lines(flows())), packets(nearCapture()),
            packets(farCapture()));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static List<Packet> packets(Path capture) throws IOException {
        return Files.exists(capture) ? Packet.readAll(capture) : List.of();
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
