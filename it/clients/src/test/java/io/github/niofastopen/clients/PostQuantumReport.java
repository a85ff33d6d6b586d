// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.clients.wire.Conversation;
import io.github.niofastopen.tls.NamedGroup;
import io.github.niofastopen.tls.ServerHelloParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes docs/post-quantum.md: the page is a resource, its tables are what was measured. */
final class PostQuantumReport {
    static final String SERVER_HEADINGS = "| server | Java | setting |";
    static final String HELLO_HEADINGS = "| client's TLS | setting |";

    private static final int POST_QUANTUM_SINCE = 27;

    private static final Map<TlsServer, Map<ShareCase, Conversation>> SERVERS = new EnumMap<>(TlsServer.class);
    private static final Map<TlsStack, TlsStack.Hello> HELLOS = new EnumMap<>(TlsStack.class);

    private PostQuantumReport() {
    }

    static synchronized void add(TlsServer server, ShareCase client, Conversation seen) {
        SERVERS.computeIfAbsent(server, name -> new LinkedHashMap<>()).put(client, seen);
    }

    static synchronized void add(TlsStack stack, TlsStack.Hello hello) {
        HELLOS.put(stack, hello);
    }

    static synchronized void write() throws IOException {
        write(Path.of(System.getProperty("postquantum.report", "target/post-quantum.md")));
        String docs = System.getProperty("postquantum.docs", "");
        if (!docs.isEmpty()) {
            write(Path.of(System.getProperty("clients.root", "")).resolve(docs));
        }
    }

    /** What wasn't tried this time stays as it was. */
    private static void write(Path file) throws IOException {
        FormerReport former = FormerReport.read(file);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, page().replace("{{servers}}\n", servers(former)).replace("{{hellos}}\n", hellos(former)));
    }

    static String page() throws IOException {
        try (InputStream page = PostQuantumReport.class.getResourceAsStream("post-quantum.md")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String servers(FormerReport former) {
        StringBuilder lines = new StringBuilder();
        for (TlsServer server : TlsServer.values()) {
            for (ShareCase each : ShareCase.inOrder()) {
                Conversation seen = SERVERS.getOrDefault(server, Map.of()).get(each);
                lines.append(seen == null ? former.line(SERVER_HEADINGS, key(server, each)) : line(server, each, seen));
            }
        }
        return lines.toString();
    }

    static String key(TlsServer server, ShareCase each) {
        return server.words + " | " + each.jdk() + " | " + each.setting().words;
    }

    private static String line(TlsServer server, ShareCase each, Conversation seen) {
        return "| " + key(server, each) + " | " + seen.hello().totalBytes() + " | " + seen.synPayload() + " | "
            + seen.roundTrips() + (seen.wasAskedAgain() ? ", asked again" : "") + " | " + group(seen) + " | "
            + secrecy(server, each, seen) + " |\n";
    }

    /** TLS 1.2 tells the group in a later message, of those that are classical. */
    private static String group(Conversation seen) {
        return seen.answer().version() < ServerHelloParts.TLS13 ? "TLS 1.2's" : NamedGroup.nameOf(seen.answer().group());
    }

    private static String secrecy(TlsServer server, ShareCase each, Conversation seen) {
        if (NamedGroup.isPostQuantum(seen.answer().group())) {
            return "yes";
        }
        if (server.choice == TlsServer.Choice.HAS_NONE) {
            return "no: the server has none";
        }
        return each.jdk() < POST_QUANTUM_SINCE ? "no: the client has none" : "**lost** by the setting";
    }

    private static String hellos(FormerReport former) {
        StringBuilder lines = new StringBuilder();
        for (TlsStack stack : TlsStack.values()) {
            TlsStack.Hello hello = HELLOS.get(stack);
            lines.append(hello == null ? former.line(HELLO_HEADINGS, stack.key()) : "| " + stack.key() + " | " + hello.bytes() + " | "
                + hello.shares() + " | " + hello.postQuantum().words + " |\n");
        }
        return lines.toString();
    }
}
