// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh;

import io.github.niofastopen.jmh.Comparison.Figures;
import io.github.niofastopen.jmh.Comparison.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * Two sides that take turns in one JVM, an iteration each. For what differs by less than two JVMs do: the compiler is busy with
 * cryptography for most of a minute, and two JVMs are seldom as far at the same time, nor does it make the same of it in both.
 */
public final class Turns {
    private Turns() {
    }

    /**
     * Whether an iteration is this provider's, and not the JDK's. They go by the sequence of Thue and Morse, in which each pair has one
     * of both, and no period: what becomes faster or slower all the time, or now and then, does so for both.
     *
     * @param iteration its number, warm-ups included
     */
    public static boolean isOurs(int iteration) {
        return Integer.bitCount(iteration) % 2 == 1;
    }

    static Round round(RunResult fork, int warmUps) {
        List<Figures> jdk = new ArrayList<>();
        List<Figures> ours = new ArrayList<>();
        int iteration = warmUps;
        for (IterationResult result : fork.getBenchmarkResults().iterator().next().getIterationResults()) {
            (isOurs(iteration) ? ours : jdk).add(figures(result));
            iteration++;
        }
        return new Round(middles(jdk), middles(ours));
    }

    private static Figures figures(IterationResult result) {
        return Figures.of(result.getPrimaryResult().getScore(), result.getSecondaryResults().keySet(),
            name -> result.getSecondaryResults().get(name).getScore());
    }

    private static Figures middles(List<Figures> all) {
        return new Figures(middle(all, Figures::micros), middle(all, Figures::processorMicros), middle(all, Figures::bytes));
    }

    /** The mean of the middle half: no turn that was disturbed counts, and the coarse clock of processor time is evened out. */
    private static double middle(List<Figures> all, ToDoubleFunction<Figures> which) {
        int quarter = all.size() / 4;
        return all.stream().mapToDouble(which).sorted().skip(quarter).limit(all.size() - 2L * quarter).average().orElseThrow();
    }
}
