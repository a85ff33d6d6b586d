// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import io.github.niofastopen.outcome.Report;
import io.github.niofastopen.tool.probe.Measurement;
import io.github.niofastopen.tool.probe.Sample;
import io.github.niofastopen.tool.probe.Target;
import io.github.niofastopen.tool.probe.Timeline;
import io.github.niofastopen.tool.probe.Verdict;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What probe measured, for people and for programs. */
final class ProbeReport {
    private static final int LABEL_WIDTH = 17;
    private static final double NANOS_PER_MILLI = 1e6;

    private ProbeReport() {
    }

    static void print(Measurement measured, PrintStream out) {
        out.println(measured.target().text() + " (" + measured.address().getAddress().getHostAddress() + " port "
            + measured.address().getPort() + ", " + measured.protocol() + ")");
        out.println();
        out.printf(Locale.ROOT, "  %-" + LABEL_WIDTH + "s %15s %15s %12s%n", "", "ordinary", "Fast Open", "saved");
        printTimes("TLS handshake", Timeline::secured, measured, out);
        if (measured.target().path() != null) {
            printTimes("first byte", Timeline::firstByte, measured, out);
        }
        out.println();
        line(out, "round trip", millis(measured.rttMillis()));
        line(out, "cookie", cookie(measured));
        line(out, "data in the SYN", measured.verdict().dataInSyn() + " (" + measured.agreeing() + " of "
            + connections(measured.fastOpen().size()) + ")");
        HelloReport.lines(measured).forEach((label, text) -> line(out, label, text));
        HelloReport.printTrials(measured, out);
        out.println();
        out.println(Paragraph.indented(sentence(measured), 0));
        measured.remedy().forEach(remedy -> out.println("-> " + remedy));
    }

    private static void printTimes(String label, ToLongFunction<Timeline> time, Measurement measured, PrintStream out) {
        double without = Measurement.median(measured.ordinary(), time);
        double with = Measurement.median(measured.fastOpen(), time);
        out.printf(Locale.ROOT, "  %-" + LABEL_WIDTH + "s %15s %15s %12s%n", label, millis(without), millis(with), millis(without - with));
    }

    private static void line(PrintStream out, String label, String text) {
        out.printf(Locale.ROOT, "  %-" + LABEL_WIDTH + "s %s%n", label, text);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }

    private static String connections(int count) {
        return count == 1 ? "1 connection" : count + " connections";
    }

    private static String cookie(Measurement measured) {
        if (measured.cookieBytes() < 0) {
            return "unknown: the kernel can't be asked here";
        }
        return measured.cookieBytes() == 0 ? "none granted"
            : (measured.cookieWasKnown() ? "known already, " : "granted, ") + measured.cookieBytes() + " bytes";
    }

    private static String sentence(Measurement measured) {
        Verdict verdict = measured.verdict();
        if (verdict == Verdict.NOT_TRIED) {
            return verdict.inWords() + " The provider says: " + measured.typicalFastOpen().report().outcome().inWords() + ".";
        }
        if (verdict.isRecovered()) {
            return verdict.inWords() + String.format(Locale.ROOT, " That costs a connection %s; the provider then avoids the path for a"
                + " while, so that few pay it.", millis(-measured.savedMillis()));
        }
        if (verdict != Verdict.ACCEPTED) {
            return verdict.inWords();
        }
        return verdict.inWords() + " That saves " + millis(measured.savedMillis())
            + String.format(Locale.ROOT, ", %.2f round trips, a connection.", measured.savedMillis() / measured.rttMillis());
    }

    static Map<String, Object> asMap(Measurement measured) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("server", measured.target().text());
        members.put("address", measured.address().getAddress().getHostAddress());
        members.put("port", measured.address().getPort());
        members.put("protocol", measured.protocol());
        members.put("verdict", measured.verdict().name());
        members.put("works", measured.verdict() == Verdict.ACCEPTED);
        members.put("text", sentence(measured));
        members.put("remedy", measured.remedy());
        members.put("roundTripMillis", rounded(measured.rttMillis()));
        members.put("handshakeMillis", times(Timeline::secured, measured));
        members.put("firstByteMillis", measured.target().path() == null ? null : times(Timeline::firstByte, measured));
        members.put("cookieBytes", measured.cookieBytes() < 0 ? null : measured.cookieBytes());
        members.put("cookieKnownBefore", measured.cookieWasKnown());
        members.put("clientHelloBytes", measured.helloBytes());
        members.put("synHoldsBytes", measured.synBytes() == 0 ? null : measured.synBytes());
        members.put("clientHello", HelloReport.asMap(measured.handshake().hello()));
        members.put("resumingClientHello", HelloReport.asMap(measured.resuming()));
        members.put("keyAgreement", HelloReport.agreementAsMap(measured.handshake()));
        members.put("keyShareTrials", HelloReport.trialsAsList(measured));
        members.put("ordinary", measured.ordinary().stream().map(ProbeReport::asMap).toList());
        members.put("fastOpen", measured.fastOpen().stream().map(ProbeReport::asMap).toList());
        return members;
    }

    private static Map<String, Object> times(ToLongFunction<Timeline> time, Measurement measured) {
        double without = Measurement.median(measured.ordinary(), time);
        double with = Measurement.median(measured.fastOpen(), time);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("ordinary", rounded(without));
        members.put("fastOpen", rounded(with));
        members.put("saved", rounded(without - with));
        return members;
    }

    private static Map<String, Object> asMap(Sample sample) {
        Timeline timeline = sample.timeline();
        Map<String, Object> members = new LinkedHashMap<>();
        Report report = sample.report();
        if (report != null) {
            members.put("outcome", report.outcome().name());
            members.put("bytesOffered", report.offeredBytes());
            members.put("bytesAccepted", report.acceptedBytes());
        }
        members.put("handshakeMillis", rounded(timeline.secured() / NANOS_PER_MILLI));
        members.put("firstByteMillis", timeline.response() == 0 ? null : rounded(timeline.response() / NANOS_PER_MILLI));
        members.put("roundTripMillis", timeline.rttMicros() / 1e3);
        return members;
    }

    /** A server that can't be probed. */
    static Map<String, Object> asMap(Target target, String error) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("server", target.text());
        members.put("works", false);
        members.put("error", error);
        return members;
    }

    /** Several servers, a line each. */
    static void printSummary(List<Measurement> measured, PrintStream out) {
        int width = measured.stream().mapToInt(one -> one.target().text().length()).max().orElse(0);
        out.printf(Locale.ROOT, "%-" + width + "s %15s %15s %12s  %s%n", "", "ordinary", "Fast Open", "saved", "data in the SYN");
        for (Measurement one : measured) {
            double without = Measurement.median(one.ordinary(), Timeline::firstByte);
            double with = Measurement.median(one.fastOpen(), Timeline::firstByte);
            out.printf(Locale.ROOT, "%-" + width + "s %15s %15s %12s  %s%n", one.target().text(), millis(without), millis(with),
                millis(without - with), one.verdict().dataInSyn());
        }
    }

    /** To a thousandth. */
    static double rounded(double millis) {
        return Math.round(millis * 1e3) / 1e3;
    }
}
