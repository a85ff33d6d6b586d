// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import io.github.niofastopen.benchmarks.path.near.ClientProgram;
import io.github.niofastopen.benchmarks.path.near.NearEnd;
import io.github.niofastopen.benchmarks.path.near.Plan;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.JavaProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who is measured. */
enum Contenders {
    HTTP_CLIENT_JDK("HttpClient, the JDK's provider", "http-client", false),
    HTTP_CLIENT_OURS("HttpClient, nio-fastopen", "http-client", true),
    NETTY_NIO_JDK("Netty NIO, the JDK's provider", "netty-nio", false),
    NETTY_NIO_OURS("Netty NIO, nio-fastopen", "netty-nio", true),
    NETTY_EPOLL("Netty epoll, its own Fast Open", "netty-epoll", false),
    CURL("curl", Tools.CURL),
    CURL_FASTOPEN("curl --tcp-fastopen", Tools.CURL, "--tcp-fastopen"),
    GNUTLS("gnutls-cli", Tools.GNUTLS_CLI),
    GNUTLS_FASTOPEN("gnutls-cli --fastopen", Tools.GNUTLS_CLI, "--fastopen");

    static final String SERVER = "192.0.2.2";
    static final int PORT = 443;
    /** On the loopback interface of the near end. */
    static final int WARM_UP_PORT = 8443;

    private final String label;
    private final String client;
    private final boolean switched;
    private final Tools tool;
    private final List<String> options;

    Contenders(String label, String client, boolean switched) {
        this.label = label;
        this.client = client;
        this.switched = switched;
        this.tool = null;
        this.options = List.of();
    }

    Contenders(String label, Tools tool, String... options) {
        this.label = label;
        this.client = null;
        this.switched = false;
        this.tool = tool;
        this.options = List.of(options);
    }

    String label() {
        return label;
    }

    /** Null for a JVM. */
    Tools tool() {
        return tool;
    }

    Plan.Step step(Certificate certificate, Path pem, int warmUp) {
        if (tool == null) {
            JavaProgram program = JavaProgram.of(ClientProgram.class).trusting(certificate)
                .arguments(client, warmUp, WARM_UP_PORT, SERVER, PORT);
            if (switched) {
                // So that the warm-up takes the same way through the provider as what is measured.
                program.withSwitch().property("niofastopen.loopback", true);
            }
            return new Plan.Step(name(), program.command(), null, false, List.of(NearEnd.FULL, NearEnd.RESUMED));
        }
        List<String> command = new ArrayList<>(List.of(tool.path().orElseThrow().toString()));
        command.addAll(options);
        if (tool == Tools.CURL) {
            command.addAll(List.of("--silent", "--show-error", "--fail", "--http1.1", "--cacert", pem.toString(),
                "--output", "/dev/null", "--write-out", "%{time_starttransfer} %{time_namelookup}",
                "https://" + SERVER + ":" + PORT + "/"));
            return new Plan.Step(name(), command, "", true, List.of(NearEnd.FULL));
        }
        command.addAll(List.of("--x509cafile", pem.toString(), "--port", Integer.toString(PORT), SERVER));
        // It sends a line a record: a request of one line, so that none waits for the acknowledgment of another.
        return new Plan.Step(name(), command, "GET /\n", false, List.of(NearEnd.FULL));
    }
}
