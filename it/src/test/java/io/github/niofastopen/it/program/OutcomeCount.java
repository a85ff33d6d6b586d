// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Objects;

/**
 * Runs scenarios, and tells of each how often it has connected, and how many outcomes the management bean has counted
 * meanwhile: {@code blocking-heap 1 1}.
 */
public final class OutcomeCount {

    private OutcomeCount() {
    }

    /** Arguments: as those of {@link Scenarios}. */
    public static void main(String[] args) throws IOException {
        Objects.requireNonNull(ManagementFactory.getPlatformMBeanServer(), "without which there is no bean");
        InetSocketAddress remote = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        Scenarios.fetchCookie(remote);
        long counted = 0;
        tell("the cookie", 1, counted, counted = outcomes());
        for (String name : Arrays.copyOfRange(args, 2, args.length)) {
            Scenario scenario = Scenario.of(name);
            run(scenario, remote);
            tell(name, scenario.connects(), counted, counted = outcomes());
        }
    }

    /** Where connects aren't deferred, some fail at another call than the scenario expects: that is a connect all the same. */
    private static void run(Scenario scenario, InetSocketAddress remote) {
        try {
            scenario.run(remote);
        } catch (IOException e) {
            System.err.println(scenario + ": " + e);
        }
    }

    private static void tell(String what, int connects, long before, long after) {
        System.out.println("outcomes of " + what + ": " + (after - before) + " for " + connects);
    }

    private static long outcomes() throws IOException {
        return SystemChanges.bean().getOutcomes().values().stream().mapToLong(Long::longValue).sum();
    }
}
