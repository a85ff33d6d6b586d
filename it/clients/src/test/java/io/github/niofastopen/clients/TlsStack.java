// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.clients.hello.FirstHello;
import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.JavaProgram;
import java.io.IOException;
import java.nio.file.Path;

/** TLS for Java as clients use it, and what their users can set about key shares. */
enum TlsStack {
    JDK_17("the JDK's, 17", "jdk", 17, "", PostQuantum.NONE),
    JDK_25("the JDK's, 25", "jdk", 25, "", PostQuantum.NONE),
    JDK_27("the JDK's, 27", "jdk", 27, "", PostQuantum.SHARE),
    JDK_27_FIRST("the JDK's, 27", "jdk", 27, Settings.CLASSICAL_FIRST, PostQuantum.OFFERED),
    TCNATIVE("Netty's tcnative " + Row.version("netty"), "tcnative", 0, "", PostQuantum.SHARE),
    TCNATIVE_FIRST("Netty's tcnative " + Row.version("netty"), "tcnative", 0, Settings.CLASSICAL_FIRST, PostQuantum.SHARE),
    TCNATIVE_ALONE("Netty's tcnative " + Row.version("netty"), "tcnative", 0, Settings.CLASSICAL_ALONE, PostQuantum.NONE),
    CONSCRYPT("Conscrypt " + Row.version("conscrypt"), "conscrypt", 0, "", PostQuantum.SHARE),
    CONSCRYPT_FIRST("Conscrypt " + Row.version("conscrypt"), "conscrypt", 0, Settings.CLASSICAL_FIRST, PostQuantum.SHARE),
    CONSCRYPT_ALONE("Conscrypt " + Row.version("conscrypt"), "conscrypt", 0, Settings.CLASSICAL_ALONE, PostQuantum.NONE),
    BOUNCY_CASTLE("Bouncy Castle's JSSE " + Row.version("bouncycastle"), "bouncycastle", 0, "", PostQuantum.OFFERED),
    BOUNCY_CASTLE_SHARE("Bouncy Castle's JSSE " + Row.version("bouncycastle"), "bouncycastle", 0,
        "org.bouncycastle.jsse.client.earlyKeyShares=X25519MLKEM768", PostQuantum.SHARE);

    /** Properties that several of them know. */
    private static final class Settings {
        static final String CLASSICAL_FIRST = "jdk.tls.namedGroups=x25519,secp256r1,X25519MLKEM768";
        static final String CLASSICAL_ALONE = "jdk.tls.namedGroups=x25519,secp256r1";
    }

    /** What a ClientHello has of post-quantum groups. */
    enum PostQuantum {
        NONE("not offered"), OFFERED("offered, without a share"), SHARE("offered, with a share");

        final String words;

        PostQuantum(String words) {
            this.words = words;
        }
    }

    /** What is in a ClientHello. */
    record Hello(int bytes, String shares, String groups) {
        PostQuantum postQuantum() {
            return shares.contains("MLKEM") ? PostQuantum.SHARE : groups.contains("MLKEM") ? PostQuantum.OFFERED : PostQuantum.NONE;
        }
    }

    private final String words;
    private final String stack;
    /** 0 for the one that runs the tests. */
    private final int jdk;
    private final String property;
    final PostQuantum expected;

    TlsStack(String words, String stack, int jdk, String property, PostQuantum expected) {
        this.words = words;
        this.stack = stack;
        this.jdk = jdk;
        this.property = property;
        this.expected = expected;
    }

    /** The first cells of its line. */
    String key() {
        return words + " | " + (property.isEmpty() ? "as it comes" : "`" + property + "`");
    }

    Hello hello() throws IOException {
        Path home = jdk == 0 ? InstalledJdk.running().home() : Needs.jdk(jdk);
        JavaProgram program = JavaProgram.of(FirstHello.class).on(home).option("--enable-native-access=ALL-UNNAMED").arguments(stack);
        if (!property.isEmpty()) {
            program.property(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
        }
        Process process = new ProcessBuilder(program.command()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String printed = new String(process.getInputStream().readAllBytes());
        String[] cells = printed.strip().split("\t");
        if (cells.length != 3) {
            throw new IOException(this + " printed: " + printed);
        }
        return new Hello(Integer.parseInt(cells[0]), cells[1], cells[2]);
    }
}
