// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.clients.server.NettyTcnativeServer;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.program.HttpsFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Servers by what they do about a post-quantum group that is offered. */
enum TlsServer {
    JDK_25("Java 25", Choice.HAS_NONE) {
        @Override
        List<String> command(Path folder, Certificate certificate) {
            return jdk(25, certificate);
        }
    },
    JDK_27("Java 27", Choice.TAKES_WHAT_IS_SENT) {
        @Override
        List<String> command(Path folder, Certificate certificate) {
            return jdk(27, certificate);
        }
    },
    OPENSSL_3_0("OpenSSL 3.0", Choice.HAS_NONE) {
        @Override
        List<String> command(Path folder, Certificate certificate) throws IOException, GeneralSecurityException {
            return openssl(List.of(Needs.program("openssl", "openssl")), "3\\.[0-4]\\..*", folder, certificate);
        }
    },
    OPENSSL_TLS_1_2("OpenSSL 3.0, TLS 1.2 alone", Choice.HAS_NONE) {
        @Override
        List<String> command(Path folder, Certificate certificate) throws IOException, GeneralSecurityException {
            List<String> command = new ArrayList<>(OPENSSL_3_0.command(folder, certificate));
            command.add("-tls1_2");
            return command;
        }
    },
    OPENSSL_3_5("OpenSSL 3.5", Choice.ASKS_FOR_IT) {
        @Override
        List<String> command(Path folder, Certificate certificate) throws IOException, GeneralSecurityException {
            return openssl(given("postquantum.openssl"), "(3\\.([5-9]|\\d\\d)|[4-9])\\..*", folder, certificate);
        }
    },
    BORINGSSL("BoringSSL in Netty's tcnative", Choice.ASKS_FOR_IT) {
        @Override
        List<String> command(Path folder, Certificate certificate) {
            return JavaProgram.of(NettyTcnativeServer.class).on(InstalledJdk.running().home()).option("--enable-native-access=ALL-UNNAMED")
                .arguments(certificate.keyStore(), certificate.password(), PORT).command();
        }
    },
    GO("Go 1.24", Choice.ASKS_FOR_IT) {
        @Override
        List<String> command(Path folder, Certificate certificate) throws IOException, GeneralSecurityException {
            Path source = Files.writeString(folder.resolve("server.go"), GO_SOURCE);
            Path program = folder.resolve("server");
            List<String> build = new ArrayList<>(given("postquantum.go"));
            build.addAll(List.of("build", "-o", program.toString(), source.toString()));
            ProcessBuilder builder = new ProcessBuilder(build).redirectErrorStream(true);
            builder.environment().put("GOCACHE", folder.resolve("cache").toString());
            builder.environment().put("CGO_ENABLED", "0");
            output(builder);
            return List.of(program.toString(), Integer.toString(PORT), Pem.writeTo(folder.resolve("lab.pem"), certificate).toString());
        }
    };

    static final int PORT = 443;
    private static final String GO_SOURCE = """
        package main

        import (
        \t"net/http"
        \t"os"
        )

        func main() {
        \thttp.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
        \t\tw.Header().Set("Connection", "close")
        \t\tw.Write([]byte("hello\\n"))
        \t})
        \tpanic(http.ListenAndServeTLS(":"+os.Args[1], os.Args[2], os.Args[2], nil))
        }
        """;

    /** What becomes of a client that offers a post-quantum group. */
    enum Choice {
        HAS_NONE,
        /** It agrees on the group of a share that it is sent, even if the client offers a better one. */
        TAKES_WHAT_IS_SENT,
        /** It asks for a share of the post-quantum group by a HelloRetryRequest. */
        ASKS_FOR_IT
    }

    final String words;
    final Choice choice;

    TlsServer(String words, Choice choice) {
        this.words = words;
        this.choice = choice;
    }

    /** What starts it, listening on {@link #PORT}; each answers a request and closes the connection. */
    abstract List<String> command(Path folder, Certificate certificate) throws IOException, GeneralSecurityException;

    private static List<String> jdk(int version, Certificate certificate) {
        return JavaProgram.of(HttpsFixture.class).on(Needs.jdk(version))
            .arguments(certificate.keyStore(), certificate.password(), 0, PORT).command();
    }

    private static List<String> openssl(List<String> program, String versions, Path folder, Certificate certificate)
            throws IOException, GeneralSecurityException {
        String version = version(program);
        if (!version.matches(versions)) {
            throw Needs.notCalledFor(String.join(" ", program) + " is OpenSSL " + version);
        }
        String pem = Pem.writeTo(folder.resolve("lab.pem"), certificate).toString();
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("s_server", "-quiet", "-www", "-accept", Integer.toString(PORT), "-cert", pem, "-key", pem));
        return command;
    }

    private static String version(List<String> openssl) throws IOException {
        List<String> command = new ArrayList<>(openssl);
        command.add("version");
        Matcher version = Pattern.compile("OpenSSL (\\S+)").matcher(output(new ProcessBuilder(command)));
        return version.find() ? version.group(1) : "of unknown version";
    }

    /** A command that the one who runs the test tells of; its words are separated by spaces. */
    private static List<String> given(String property) {
        String command = System.getProperty(property, "");
        if (command.isEmpty()) {
            throw Needs.notCalledFor("no command was given by -D" + property);
        }
        return List.of(command.split(" "));
    }

    private static String output(ProcessBuilder command) throws IOException {
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(command.command() + " failed: " + output);
        }
        return output;
    }
}
