// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.niofastopen.benchmarks.cold.ColdSection;
import io.github.niofastopen.benchmarks.memory.MemorySection;
import io.github.niofastopen.benchmarks.path.PathSection;
import io.github.niofastopen.benchmarks.scale.ScaleSection;
import io.github.niofastopen.benchmarks.sidebyside.SideBySideSection;
import io.github.niofastopen.benchmarks.sidebyside.SystemCallsSection;
import io.github.niofastopen.benchmarks.startup.StartUpSection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the document of results: the prose that explains them, with a table in the place of each name in braces. */
public final class Document {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BAD_USAGE = 2;
    private static final Pattern PICTURE = Pattern.compile("\\(([\\w-]+\\.svg)\\)");
    private static final String PROSE = "benchmarks.md";

    private final Path folder;

    private Document(Path folder) {
        this.folder = folder;
    }

    /** Arguments: the folder with the results, where the plots go too, and the document. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2 || !Files.isDirectory(Path.of(args[0]))) {
            System.err.println("document: needs the folder with the results, such as docs/benchmarks, and a file");
            System.exit(BAD_USAGE);
        }
        Document document = new Document(Path.of(args[0]));
        Files.writeString(Path.of(args[1]), document.markdown());
        document.plot();
    }

    private String markdown() throws IOException {
        JsonNode path = read("path");
        JsonNode machine = path.get("machine");
        return prose()
            .replace("{machine}", String.format("%s, %d processors, Linux %s", machine.get("processor").asText(),
                machine.get("processors").asInt(), machine.get("kernel").asText()))
            .replace("{commits}", new Commits(folder).inWords())
            .replace("{paths}", withPictures(PathSection.markdown(path)).strip())
            .replace("{established}", SideBySideSection.markdown(read("established")).strip())
            .replace("{hellos}", SideBySideSection.markdown(read("hellos")).strip())
            .replace("{handshakes}", SideBySideSection.markdown(read("handshakes")).strip())
            .replace("{keyshares}\n\n", keyShares())
            .replace("{calls}", SystemCallsSection.markdown(read("calls")).strip())
            .replace("{memory}", MemorySection.markdown(read("memory")).strip())
            .replace("{startup}", withPictures(StartUpSection.markdown(read("startup"))).strip())
            .replace("{cold}\n\n", cold())
            .replace("{scale}", ScaleSection.markdown(read("scale")).strip())
            .replace("{scale-uml}", growthIn(ScaleSection.markdown(read("scale-uml"))));
    }

    /** It needs a JDK 27. */
    private String keyShares() throws IOException {
        return Files.exists(folder.resolve("keyshares.json")) ? """
            With the agent, on JDK 27 and later, each TLS handshake calls ours where the JDK makes its key shares and where it ends. A full
            handshake in memory, between two engines that both have the post-quantum group. Both sides take turns of 50 ms in one JVM
            with the agent, whose hooks sleep in the JDK's turns: two JVMs differ by more, by what their compilers have made of the
            cryptography so far.

            """ + SideBySideSection.markdown(read("keyshares")).strip() + "\n\n" : "";
    }

    /** It takes the longest, so it may not have been measured yet. */
    private String cold() throws IOException {
        return Files.exists(folder.resolve("cold.json")) ? withPictures(ColdSection.markdown(read("cold"))).strip() + "\n\n" : "";
    }

    /** A section names a picture that is beside its figures. */
    private String withPictures(String section) {
        return PICTURE.matcher(section).replaceAll("(" + folder.getFileName() + "/$1)");
    }

    /** The one table that says how costs grow. */
    private static String growthIn(String section) {
        return section.lines().dropWhile(line -> !line.startsWith("|  | from")).takeWhile(line -> line.startsWith("|"))
            .collect(Collectors.joining("\n"));
    }

    private void plot() throws IOException {
        PathSection.plot(read("path"), folder.resolve("path.svg"));
        PathSection.plotJdks(read("path"), folder.resolve("path-jdks.svg"));
        SideBySideSection.plot(read("handshakes"), "Connect, TLS 1.3 handshake, first byte, close; over loopback",
            folder.resolve("handshakes.svg"));
        SideBySideSection.plot(read("hellos"), "Connect, ClientHello, first byte, close; over loopback", folder.resolve("hellos.svg"));
        StartUpSection.plot(read("startup"), folder.resolve("startup.svg"));
        if (Files.exists(folder.resolve("cold.json"))) {
            ColdSection.plot(read("cold"), folder.resolve("cold.svg"));
        }
        ScaleSection.plot(read("scale"), folder.resolve("scale.svg"));
    }

    private JsonNode read(String name) throws IOException {
        return JSON.readTree(folder.resolve(name + ".json").toFile());
    }

    private static String prose() throws IOException {
        try (var in = Document.class.getResourceAsStream(PROSE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
