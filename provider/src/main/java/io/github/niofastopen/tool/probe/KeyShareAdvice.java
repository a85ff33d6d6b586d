// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.tls.ClientHelloParts;
import io.github.niofastopen.tls.Extension;
import io.github.niofastopen.tls.NamedGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may be done about a ClientHello that one SYN doesn't hold. Each line tells what becomes of secrecy, even if nothing does. */
final class KeyShareAdvice {
    private static final int PREDICTED_FROM = 27;
    private static final String PAGE = "docs/post-quantum.md has a table of servers, to decide by";

    private final Measurement measured;
    private final ClientHelloParts hello;
    private final int javaFeature;
    private final List<String> lines = new ArrayList<>();

    KeyShareAdvice(Measurement measured, int javaFeature) {
        this.measured = measured;
        this.hello = measured.handshake().hello();
        this.javaFeature = javaFeature;
    }

    List<String> lines() {
        if (hello == null) {
            return List.of();
        }
        if (!hello.sendsPostQuantumShare()) {
            lines.add(largest() + "   (leaving it out changes no secrecy)");
        } else if (measured.handshake().isPostQuantum()) {
            leaveAsItIs();
        } else {
            classical();
        }
        lines.add("an MTU that is larger by " + Math.max(0, hello.totalBytes() - measured.synBytes())
            + " bytes all the way to the server   (no secrecy is lost)");
        return lines;
    }

    private String largest() {
        Extension largest = hello.extensions().stream().max(Comparator.comparingInt(Extension::bytes)).orElse(null);
        return largest == null ? "fewer cipher suites" : "a ClientHello without the extension " + largest.name() + ", which takes "
            + largest.bytes() + " bytes";
    }

    private void leaveAsItIs() {
        lines.add("leave the key shares as they are: this server agrees on " + measured.handshake().groupName()
            + ", and " + withoutPostQuantumShare() + "   (post-quantum secrecy is kept)");
        lines.add(PAGE);
    }

    private String withoutPostQuantumShare() {
        Optional<ShareTrial> trial = measured.trial(KeyShares.CLASSICAL_FIRST);
        if (trial.isEmpty()) {
            return "without its share might not";
        }
        return trial.get().isPostQuantum() ? "asks for its share where it isn't sent: nothing would be saved"
            : "without its share on " + trial.get().handshake().groupName() + ": " + millis(measured.savedMillis(trial.get()))
                + " would be saved, and post-quantum secrecy lost";
    }

    private void classical() {
        String why = "this server has chosen " + measured.handshake().groupName() + ", though it was sent a share of " + postQuantumShare();
        if (javaFeature >= PREDICTED_FROM) {
            lines.add("java -javaagent:nio-fastopen.jar ...   (predicts key shares" + saving(KeyShares.PREDICTED, ", which saves ", "")
                + "; no secrecy is lost: " + why + ")");
        }
        measured.trial(KeyShares.CLASSICAL_FIRST).ifPresent(trial -> lines.add("java -Djdk.tls.namedGroups=" + trial.groups()
            + " ...   (" + saving(KeyShares.CLASSICAL_FIRST, "saves ", "; ") + "no secrecy is lost with this server, but post-quantum"
            + " secrecy is with others that take a share they are sent)"));
        lines.add(PAGE);
    }

    private String postQuantumShare() {
        return hello.keyShares().stream().filter(share -> NamedGroup.isPostQuantum(share.group()))
            .map(share -> NamedGroup.nameOf(share.group())).findFirst().orElseThrow();
    }

    private String saving(KeyShares shares, String before, String after) {
        return measured.trial(shares).map(measured::savedMillis).filter(saved -> saved > 0)
            .map(saved -> before + millis(saved) + after).orElse("");
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }
}
