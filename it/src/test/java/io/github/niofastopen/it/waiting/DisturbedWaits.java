// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import io.github.niofastopen.it.outcomes.Deferred;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prints, for each {@link Case}, how everything ends on this JVM's selector provider. Runs in the lab's near end. Arguments:
 * words that the names of the cases to be run contain.
 */
public final class DisturbedWaits {
    private static final long LIMIT_MILLIS = 30_000;
    private static final long PROBED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int STANDS_STILL = 3;

    private static volatile String current = "start";

    private DisturbedWaits() {
    }

    public static void main(String[] words) throws Exception {
        Deferred.letTheProviderCount();
        watch(Thread.currentThread());
        Bystander bystander = Bystander.create();
        Map<Case, CaseRun> runs = new LinkedHashMap<>();
        for (Moment moment : Moment.values()) {
            setSysctl(moment.sysctl());
            Map<Case, CaseRun> atOnce = new LinkedHashMap<>();
            for (Case each : Case.all()) {
                if (each.moment() == moment && Stream.of(words).allMatch(each.toString()::contains)) {
                    atOnce.put(each, new CaseRun(each, bystander));
                }
            }
            run(atOnce);
            runs.putAll(atOnce);
        }
        end(runs.values(), bystander);
        runs.forEach((each, run) -> System.out.println(each + "\t" + run.result()));
        System.out.flush();
        System.exit(0);
    }

    private static void run(Map<Case, CaseRun> runs) throws Exception {
        for (CaseRun run : runs.values()) {
            Deferred.letTheProviderForget();
            run.prepare();
        }
        fill(runs.values());
        for (Map.Entry<Case, CaseRun> each : runs.entrySet()) {
            current = each.getKey().toString();
            each.getValue().run();
        }
    }

    /** Until the sender has probed a window that has no room for what it would send (RFC 1122, 4.2.2.17). */
    private static void fill(Collection<CaseRun> runs) throws Exception {
        long last = System.nanoTime();
        while (System.nanoTime() - last < PROBED_NANOS) {
            for (CaseRun run : runs) {
                if (run.fills()) {
                    last = System.nanoTime();
                }
            }
        }
    }

    private static void end(Collection<CaseRun> runs, Bystander bystander) throws Exception {
        current = "the end";
        awaitAll(runs, bystander);
        runs.forEach(CaseRun::note);
        runs.forEach(CaseRun::close);
        awaitAll(runs, bystander);
        runs.forEach(CaseRun::note);
        for (CaseRun run : runs) {
            run.closePeers();
        }
    }

    private static void awaitAll(Collection<CaseRun> runs, Bystander bystander) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            bystander.sees(() -> runs.stream().allMatch(CaseRun::isOver));
        }
    }

    private static void setSysctl(int value) throws Exception {
        Files.writeString(Path.of("/proc/sys/net/ipv4/tcp_fastopen"), Integer.toString(value));
    }

    /** This program itself stands still: which case was it? */
    private static void watch(Thread main) {
        Thread watchdog = new Thread(() -> {
            String last = "";
            try {
                while (!last.equals(current)) {
                    last = current;
                    Thread.sleep(LIMIT_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            }
            System.out.println(last + "\tSTANDS STILL FOR GOOD");
            for (StackTraceElement frame : main.getStackTrace()) {
                System.err.println(frame);
            }
            System.out.flush();
            Runtime.getRuntime().halt(STANDS_STILL);
        }, "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }
}
