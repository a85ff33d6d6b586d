// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import io.github.niofastopen.it.lab.Lab;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is measured. */
enum Contenders {
    HTTP_CLIENT_JDK(Program.HTTP_CLIENT, Way.PROVIDER),
    HTTP_CLIENT_OURS(Program.HTTP_CLIENT, Way.SWITCH),
    HTTP_CLIENT_AGENT(Program.HTTP_CLIENT, Way.AGENT),
    HTTP_CLIENT_PRELOADED(Program.HTTP_CLIENT, Way.PRELOADED),
    NETTY_NIO_JDK(Program.NETTY_NIO, Way.PROVIDER),
    NETTY_NIO_OURS(Program.NETTY_NIO, Way.SWITCH),
    NETTY_NIO_AGENT(Program.NETTY_NIO, Way.AGENT),
    NETTY_NIO_PRELOADED(Program.NETTY_NIO, Way.PRELOADED),
    NETTY_EPOLL(Program.NETTY_EPOLL, Way.OWN),
    NETTY_IO_URING(Program.NETTY_IO_URING, Way.OWN),
    URL_CONNECTION_JDK(Program.URL_CONNECTION, Way.SOCKETS),
    URL_CONNECTION_OURS(Program.URL_CONNECTION, Way.AGENT),
    URL_CONNECTION_PRELOADED(Program.URL_CONNECTION, Way.PRELOADED),
    OKHTTP_JDK(Program.OKHTTP, Way.SOCKETS),
    OKHTTP_OURS(Program.OKHTTP, Way.AGENT),
    OKHTTP_NO_DELAY(Program.OKHTTP, Way.NO_DELAY),
    CURL("curl", Tools.CURL),
    CURL_FASTOPEN("curl --tcp-fastopen", Tools.CURL, "--tcp-fastopen"),
    GNUTLS("gnutls-cli", Tools.GNUTLS_CLI),
    GNUTLS_FASTOPEN("gnutls-cli --fastopen", Tools.GNUTLS_CLI, "--fastopen");

    /** From here on a ClientHello has a post-quantum key share, and fits a SYN only if the agent predicts the key shares. */
    private static final int LONG_HELLOS = 27;

    private final String label;
    private final Program program;
    private final Way way;
    private final Tools tool;
    private final List<String> options;

    Contenders(Program program, Way way) {
        this.label = program + ", " + way;
        this.program = program;
        this.way = way;
        this.tool = null;
        this.options = List.of();
    }

    Contenders(String label, Tools tool, String... options) {
        this.label = label;
        this.program = null;
        this.way = Way.OWN;
        this.tool = tool;
        this.options = List.of(options);
    }

    /** Those of the JDK that most is measured on. */
    static List<Contenders> on(int jdk) {
        return Stream.of(values()).filter(contender -> contender.isFor(jdk)).toList();
    }

    /** Those that tell of another JDK what it is about: its own connections, and ours by default. */
    static List<Contenders> briefly(int jdk) {
        return on(jdk).stream().filter(contender -> contender.way.isTheJdks() || contender.way.isOurs())
            .filter(contender -> contender.way != Way.NO_DELAY).toList();
    }

    /** Channels gain by the switch as by the agent, where the ClientHello fits. */
    private boolean isFor(int jdk) {
        boolean either = way.isOurs() && program.usesChannels();
        return !either || way == (jdk < LONG_HELLOS ? Way.SWITCH : Way.AGENT);
    }

    String label() {
        return label;
    }

    /** Null for a tool. */
    Program program() {
        return program;
    }

    Way way() {
        return way;
    }

    /** Null for a JVM. */
    Tools tool() {
        return tool;
    }

    /** Of a tool's command line. */
    List<String> options() {
        return options;
    }

    /** Whether the benchmark goes on without it if it fails: a kernel may refuse io_uring, and nobody made clients for the option. */
    boolean mayFail() {
        return program == Program.NETTY_IO_URING || way == Way.PRELOADED;
    }

    /** The same program with the JDK's connections; empty if this isn't ours. */
    Optional<Contenders> theirs() {
        return way.isOurs()
            ? Stream.of(values()).filter(other -> other.program == program && other.way.isTheJdks()).findFirst()
            : Optional.empty();
    }

    /** What this machine lacks for it. */
    Optional<String> missing() {
        if (tool != null && tool.path().isEmpty()) {
            return Optional.of(tool.missing());
        }
        return way == Way.PRELOADED && !Files.exists(Lab.fastOpenLibrary())
            ? Optional.of(Lab.fastOpenLibrary().getFileName() + " isn't built (mvn -q -pl it -am -DskipTests package)") : Optional.empty();
    }
}
