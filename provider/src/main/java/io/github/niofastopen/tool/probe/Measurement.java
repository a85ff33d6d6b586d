// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.tls.ClientHelloParts;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What was measured with one server.
 *
 * @param ordinary connections of the JDK's
 * @param fastOpen connections with Fast Open, each made beside an ordinary one
 * @param trials connections with Fast Open and other key shares, and those with the same; empty where none were tried
 * @param resuming the ClientHello of a connection that was to resume the session of another, null if it couldn't be read
 * @param cookieBytes length of the kernel's cookie for the server, 0 if it has none, -1 if the kernel can't be asked
 * @param cookieWasKnown whether it had the cookie before
 * @param synBytes how much data one SYN to the server holds, 0 if that isn't known
 */
public record Measurement(Target target, InetSocketAddress address, List<Sample> ordinary, List<Sample> fastOpen, List<ShareTrial> trials,
        ClientHelloParts resuming, int cookieBytes, boolean cookieWasKnown, int synBytes) {

    /** That of most connections with Fast Open. */
    public Verdict verdict() {
        Map<Verdict, Long> counts = fastOpen.stream().map(Measurement::verdict).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet().stream().max(Map.Entry.<Verdict, Long>comparingByValue()
            .thenComparing(Map.Entry.<Verdict, Long>comparingByKey().reversed())).orElseThrow().getKey();
    }

    public static Verdict verdict(Sample sample) {
        return Verdict.of(sample.report().outcome(), sample.report().offeredBytes());
    }

    /** How many connections with Fast Open were as {@link #verdict} says. */
    public long agreeing() {
        Verdict verdict = verdict();
        return fastOpen.stream().filter(sample -> verdict(sample) == verdict).count();
    }

    /** The round-trip time: the median of what the kernel measured in the ordinary connections. */
    public double rttMillis() {
        return median(ordinary, timeline -> timeline.rttMicros() * 1000L);
    }

    /** The median of a time over connections, in ms. */
    public static double median(List<Sample> samples, ToLongFunction<Timeline> nanos) {
        long[] sorted = samples.stream().map(Sample::timeline).mapToLong(nanos).sorted().toArray();
        int middle = sorted.length / 2;
        return (sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0) / 1e6;
    }

    /** How much sooner the first byte comes with Fast Open, in ms. */
    public double savedMillis() {
        return median(ordinary, Timeline::firstByte) - median(fastOpen, Timeline::firstByte);
    }

    /** The same for other key shares. */
    public double savedMillis(ShareTrial trial) {
        return median(ordinary, Timeline::firstByte) - trial.firstByteMillis();
    }

    /** What may be done to save more, a line each. */
    public List<String> remedy() {
        return verdict() == Verdict.TOO_LARGE ? new KeyShareAdvice(this, Runtime.version().feature()).lines() : verdict().remedy();
    }

    /** What was said first in a connection with the JVM's own key shares. */
    public Handshake handshake() {
        return fastOpen.get(0).handshake();
    }

    public Optional<ShareTrial> trial(KeyShares shares) {
        return trials.stream().filter(trial -> trial.shares() == shares).findFirst();
    }

    public int helloBytes() {
        return ordinary.get(0).timeline().helloBytes();
    }

    public String protocol() {
        return ordinary.get(0).timeline().protocol();
    }

    /** The ordinary connection that took neither the longest nor the shortest time. */
    public Sample typicalOrdinary() {
        return typical(ordinary);
    }

    /** The same of those that most are like. */
    public Sample typicalFastOpen() {
        Verdict verdict = verdict();
        return typical(fastOpen.stream().filter(sample -> verdict(sample) == verdict).toList());
    }

    private static Sample typical(List<Sample> samples) {
        return samples.stream().sorted(Comparator.comparingLong(sample -> sample.timeline().firstByte())).toList()
            .get((samples.size() - 1) / 2);
    }
}
