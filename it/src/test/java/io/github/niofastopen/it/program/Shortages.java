// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import static io.github.niofastopen.it.program.Exchanges.HELLO_LENGTH;
import static io.github.niofastopen.it.program.Exchanges.exchange;
import static io.github.niofastopen.it.program.Exchanges.hello;

import io.github.niofastopen.it.program.Exchanges.Call;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Too few ports or descriptors. */
final class Shortages {
    private Shortages() {
    }

    /** As many connections at a time as there are local ports, and one more. */
    static void outOfPorts(InetSocketAddress remote) throws IOException {
        int ports = 8;
        Files.writeString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"), "50000 " + (50000 + ports - 1));
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < ports; i++) {
            channels.add(SocketChannel.open(remote));
        }
        try (SocketChannel channel = SocketChannel.open()) {
            tellFailure(() -> channel.connect(remote));
            System.out.println("open: " + channel.isOpen());
        }
        try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
            tellFailure(() -> socket.connect(remote, 1000));
        }
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            tellFailure(() -> channel.connect(remote));
        }
        finish(channels);
    }

    /** As many channels as there are descriptors, which are connected only then. */
    static void outOfDescriptors(InetSocketAddress remote) throws IOException {
        // What needs classes from files has to be loaded while files can be opened.
        finish(List.of(SocketChannel.open(remote)));
        List<SocketChannel> channels = new ArrayList<>();
        tellFailure(() -> {
            while (true) {
                channels.add(SocketChannel.open());
            }
        });
        for (SocketChannel channel : channels.subList(0, 4)) {
            channel.connect(remote);
        }
        finish(channels.subList(0, 4));
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    private static void finish(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            exchange(channel, hello(HELLO_LENGTH));
        }
    }

    private static void tellFailure(Call call) throws IOException {
        try {
            call.run();
            System.out.println("no failure");
        } catch (IOException e) {
            System.out.println(e);
        }
    }
}
