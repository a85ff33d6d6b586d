// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh;

import io.github.niofastopen.jmh.Cases.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs cases in rounds. A round is a fork with each provider, one right after the other, so that what changes slowly on a
 * machine changes for both; or one fork in which both take {@link Turns turns}. Its result is a ratio, and the rounds' spread
 * tells how far that can be trusted.
 */
public final class Comparison {

    /** What an operation took: time and processor time in microseconds, and bytes of the heap. */
    public record Figures(double micros, double processorMicros, double bytes) {
        /** @param scoreOf of what was measured besides the time, by its name */
        static Figures of(double micros, Set<String> besides, ToDoubleFunction<String> scoreOf) {
            return new Figures(micros, score(besides, "cpu.norm", scoreOf), score(besides, "gc.alloc.rate.norm", scoreOf));
        }

        private static double score(Set<String> names, String end, ToDoubleFunction<String> scoreOf) {
            return scoreOf.applyAsDouble(names.stream().filter(each -> each.endsWith(end)).findFirst().orElseThrow());
        }
    }

    /** What both providers took, one beside the other. */
    public record Round(Figures jdk, Figures fastOpen) {
        /** How long an operation takes with the JDK's provider, in parts of what it takes with this one. */
        public double throughputRatio() {
            return jdk.micros / fastOpen.micros;
        }
    }

    /** All rounds of a case. */
    public record Row(String benchmark, Map<String, String> parameters, List<Round> rounds) {
    }

    private Comparison() {
    }

    static List<Row> run(List<Case> cases, int rounds, Consumer<String> progress) throws RunnerException {
        List<List<Round>> results = new ArrayList<>();
        cases.forEach(each -> results.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < cases.size(); i++) {
                Round result = run(cases.get(i), round % 2 == 0);
                results.get(i).add(result);
                progress.accept(String.format("round %d of %d, %d of %d: %s %s: %.1f us, JDK's %.1f us, ratio %.2f", round + 1,
                    rounds, i + 1, cases.size(), cases.get(i).benchmark().getSimpleName(), cases.get(i).parameters().values(),
                    result.fastOpen.micros, result.jdk.micros, result.throughputRatio()));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            rows.add(new Row(cases.get(i).benchmark().getSimpleName(), cases.get(i).parameters(), results.get(i)));
        }
        return rows;
    }

    /** @param jdkFirst the provider that is first changes with the rounds, in case it makes a difference */
    private static Round run(Case measured, boolean jdkFirst) throws RunnerException {
        if (measured.isByTurns()) {
            return Turns.round(fork(measured, "fastOpen"), measured.warmUps());
        }
        Figures first = figures(measured, jdkFirst ? "jdk" : "fastOpen");
        Figures second = figures(measured, jdkFirst ? "fastOpen" : "jdk");
        return jdkFirst ? new Round(first, second) : new Round(second, first);
    }

    private static Figures figures(Case measured, String method) throws RunnerException {
        RunResult result = fork(measured, method);
        return Figures.of(result.getPrimaryResult().getScore(), result.getSecondaryResults().keySet(),
            name -> result.getSecondaryResults().get(name).getScore());
    }

    private static RunResult fork(Case measured, String method) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(measured.benchmark().getName().replace(".", "\\.") + "\\." + method + "$")
            .forks(1).warmupIterations(measured.warmUps()).measurementIterations(measured.iterations())
            .warmupTime(TimeValue.seconds(1)).measurementTime(TimeValue.milliseconds(measured.iterationMillis()))
            .addProfiler(GCProfiler.class).addProfiler(CpuTime.class)
            .verbosity(VerboseMode.SILENT).shouldFailOnError(true);
        measured.parameters().forEach(options::param);
        if (measured.isByAgent() && method.equals("fastOpen")) {
            options.jvmArgsAppend(Provider.byAgent().toArray(new String[0]));
        }
        return new Runner(options.build()).runSingle();
    }
}
