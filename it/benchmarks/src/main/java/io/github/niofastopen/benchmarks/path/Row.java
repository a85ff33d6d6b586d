// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one contender did on one path in one kind of handshake.
 *
 * @param samples how many exchanges count
 * @param irregular how many were left out: more than one connection or SYN, or another kind of handshake
 * @param clientHelloInSyn how many had their ClientHello in the SYN, and acknowledged with it
 * @param synBytes the most bytes in such a SYN
 * @param outcomes what the provider told of them, with numbers
 * @param figures of each measure, in ms
 * @param middle of each measure the mean, in ms, over the half of the exchanges that took neither shortest nor longest, of
 *     those with their ClientHello in the SYN if there are any: parts add up in means, and not in medians
 */
record Row(double rttMillis, String contender, String label, String handshake, int samples, int irregular, int clientHelloInSyn,
        int synBytes, Map<String, Integer> outcomes, Map<String, Quantiles> figures,
        Map<String, Double> middle) {

    /** @param all those of one contender, path and handshake, at least one of them regular */
    static Row of(double rttMillis, Contenders contender, String handshake, List<Sample> all) {
        List<Sample> regular = all.stream().filter(Sample::isRegular).toList();
        Map<String, List<Double>> values = new LinkedHashMap<>();
        Map<String, Integer> outcomes = new LinkedHashMap<>();
        for (Sample sample : regular) {
            sample.figures().forEach((name, value) -> values.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
            if (sample.exchange().outcome() != null) {
                outcomes.merge(sample.exchange().outcome(), 1, Integer::sum);
            }
        }
        Map<String, Quantiles> figures = new LinkedHashMap<>();
        values.forEach((name, list) -> figures.put(name, Quantiles.of(list)));
        Map<String, Double> middle = new LinkedHashMap<>();
        List<Sample> rode = regular.stream()
            .filter(sample -> sample.flow().synCarriesClientHello() && sample.flow().synDataWasAcknowledged()).toList();
        List<Sample> alike = middleHalf(rode.isEmpty() ? regular : rode);
        alike.get(0).figures().keySet().forEach(name -> middle.put(name, mean(alike, name)));
        return new Row(rttMillis, contender.name(), contender.label(), handshake, regular.size(), all.size() - regular.size(),
            rode.size(), rode.stream().mapToInt(sample -> sample.flow().synPayload()).max().orElse(0), outcomes, figures,
            middle);
    }

    private static List<Sample> middleHalf(List<Sample> samples) {
        List<Sample> sorted = samples.stream().sorted(Comparator.comparingDouble(Sample::whole)).toList();
        int left = sorted.size() / 4;
        return sorted.subList(left, sorted.size() - left);
    }

    private static double mean(List<Sample> samples, String figure) {
        double mean = samples.stream().mapToDouble(sample -> sample.figures().getOrDefault(figure, 0.0)).average().orElseThrow();
        return Quantiles.rounded(mean);
    }
}
