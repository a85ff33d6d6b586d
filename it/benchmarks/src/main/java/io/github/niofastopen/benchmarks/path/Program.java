// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

/** A client that runs in a JVM. */
enum Program {
    HTTP_CLIENT("HttpClient", "http-client"),
    NETTY_NIO("Netty NIO", "netty-nio"),
    NETTY_EPOLL("Netty epoll", "netty-epoll"),
    NETTY_IO_URING("Netty io_uring", "netty-io-uring"),
    URL_CONNECTION("HttpsURLConnection", "url-connection"),
    OKHTTP("OkHttp", "okhttp");

    private final String words;
    private final String argument;

    Program(String words, String argument) {
        this.words = words;
        this.argument = argument;
    }

    /** What the near end's program calls it. */
    String argument() {
        return argument;
    }

    /** Whether its connections are channels, which the switch reaches; sockets need the agent. */
    boolean usesChannels() {
        return this == HTTP_CLIENT || this == NETTY_NIO;
    }

    @Override
    public String toString() {
        return words;
    }
}
