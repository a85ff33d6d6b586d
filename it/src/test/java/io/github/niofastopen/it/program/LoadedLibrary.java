// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prints the class of a socket channel, and from which file the native library was mapped. */
public final class LoadedLibrary {

    private LoadedLibrary() {
    }

    public static void main(String[] args) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            List<String> maps = Files.readAllLines(Path.of("/proc/self/maps"));
            String file = maps.stream().filter(line -> line.contains("libniofastopen"))
                .map(line -> line.substring(line.indexOf('/'))).distinct().findFirst().orElse("none");
            System.out.println(channel.getClass().getSimpleName() + " " + file);
        }
    }
}
