// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import io.github.niofastopen.tls.ClientHelloParts;
import io.github.niofastopen.tls.KeyShare;
import io.github.niofastopen.tls.NamedGroup;
import io.github.niofastopen.tls.ServerHelloParts;
import io.github.niofastopen.tool.probe.Handshake;
import io.github.niofastopen.tool.probe.KeyShares;
import io.github.niofastopen.tool.probe.Measurement;
import io.github.niofastopen.tool.probe.ShareTrial;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What probe saw of hellos: how long the client's is and why, what the server chose, and what other key shares come to. */
final class HelloReport {

    private HelloReport() {
    }

    /** Label and text of each line about the hellos. */
    static Map<String, String> lines(Measurement measured) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("ClientHello", measured.helloBytes() + " bytes" + (measured.synBytes() == 0 ? ""
            : "; one SYN holds " + measured.synBytes()));
        ClientHelloParts hello = measured.handshake().hello();
        if (hello != null) {
            lines.put("key shares", hello.keyShares().isEmpty() ? "none" : hello.keyShares().stream().map(KeyShare::toString)
                .collect(Collectors.joining(", ")));
        }
        lines.put("ticket", ticket(measured.resuming()));
        lines.put("key agreement", agreement(measured.handshake()));
        return lines;
    }

    private static String ticket(ClientHelloParts resuming) {
        return resuming == null || resuming.ticketBytes() == 0 ? "none granted"
            : resuming.ticketBytes() + " bytes; the ClientHello that resumes a session has " + resuming.totalBytes();
    }

    private static String agreement(Handshake handshake) {
        if (handshake.answer() == null) {
            return "unknown: the server's hello can't be read";
        }
        return handshake.groupName() + (handshake.isPostQuantum() ? ", post-quantum" : ", not post-quantum")
            + (handshake.wasAskedAgain() ? ", asked for by a HelloRetryRequest" : "");
    }

    static void printTrials(Measurement measured, PrintStream out) {
        if (!measured.trials().isEmpty()) {
            out.println();
            out.printf(Locale.ROOT, "  %-17s %11s %11s %12s  %s%n", "key shares", "ClientHello", "round trips", "saved", "key agreement");
            measured.trials().forEach(trial -> printTrial(trial, measured, out));
        }
    }

    private static void printTrial(ShareTrial trial, Measurement measured, PrintStream out) {
        out.printf(Locale.ROOT, "  %-17s %11s %11.2f %12s  %s%n", trial.shares().inWords(),
            trial.hello() == null ? "" : trial.hello().totalBytes(), trial.roundTrips(measured.rttMillis()),
            String.format(Locale.ROOT, "%.1f ms", measured.savedMillis(trial)), agreement(trial.handshake()) + loss(trial, measured));
    }

    private static String loss(ShareTrial trial, Measurement measured) {
        return measured.handshake().isPostQuantum() && !trial.isPostQuantum() ? ": post-quantum secrecy is LOST" : "";
    }

    static Map<String, Object> asMap(ClientHelloParts hello) {
        if (hello == null) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("bytes", hello.totalBytes());
        members.put("serverNameBytes", hello.serverNameBytes());
        members.put("ticketBytes", hello.ticketBytes());
        members.put("keyShares", hello.keyShares().stream().map(share -> {
            Map<String, Object> one = group(share.group());
            one.put("bytes", share.bytes());
            return one;
        }).toList());
        members.put("supportedGroups", Arrays.stream(hello.supportedGroups()).mapToObj(NamedGroup::nameOf).toList());
        members.put("extensions", hello.extensions().stream().map(extension -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", extension.name());
            one.put("bytes", extension.bytes());
            return one;
        }).toList());
        return members;
    }

    static Map<String, Object> agreementAsMap(Handshake handshake) {
        Map<String, Object> members = new LinkedHashMap<>();
        boolean told = handshake.group() != ServerHelloParts.NO_GROUP;
        members.put("group", told ? NamedGroup.nameOf(handshake.group()) : null);
        members.put("postQuantum", handshake.answer() == null ? null : handshake.isPostQuantum());
        members.put("helloRetryRequest", handshake.wasAskedAgain());
        members.put("resumed", handshake.wasResumed());
        return members;
    }

    private static Map<String, Object> group(int group) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("group", NamedGroup.nameOf(group));
        members.put("postQuantum", NamedGroup.isPostQuantum(group));
        return members;
    }

    static List<Object> trialsAsList(Measurement measured) {
        List<Object> trials = new ArrayList<>();
        for (ShareTrial trial : measured.trials()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("keyShares", trial.shares() == KeyShares.CLASSICAL_FIRST ? "classicalFirst" : trial.shares().inWords());
            members.put("namedGroups", trial.groups());
            members.put("clientHelloBytes", trial.hello() == null ? null : trial.hello().totalBytes());
            members.put("roundTrips", ProbeReport.rounded(trial.roundTrips(measured.rttMillis())));
            members.put("firstByteMillis", ProbeReport.rounded(trial.firstByteMillis()));
            members.put("savedMillis", ProbeReport.rounded(measured.savedMillis(trial)));
            members.putAll(agreementAsMap(trial.handshake()));
            members.put("postQuantumKept", trial.isPostQuantum() || !measured.handshake().isPostQuantum());
            trials.add(members);
        }
        return trials;
    }
}
