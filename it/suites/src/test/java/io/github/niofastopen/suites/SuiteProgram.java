// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import io.github.niofastopen.it.outcomes.Deferred;
import io.github.niofastopen.it.outcomes.Outcome;
import io.github.niofastopen.it.outcomes.OutcomePrinter;
import java.io.IOException;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs a suite in this JVM and prints a line for each test, see {@link Outcome}, and how many connections were deferred
 * meanwhile, see {@link Deferred}. Arguments: the suite, and a regular expression for its classes.
 */
public final class SuiteProgram {
    /** See {@link TakenPorts}. */
    private static final int ATTEMPTS = 4;

    private SuiteProgram() {
    }

    public static void main(String[] args) throws IOException {
        Suite suite = Suite.valueOf(args[0]);
        Deferred.letTheProviderCount();
        long before = Deferred.acknowledgedInThisNamespace();
        TakenPorts takenPorts = new TakenPorts();
        List<DiscoverySelector> tests = suite.packages().stream()
            .<DiscoverySelector>map(DiscoverySelectors::selectPackage).toList();
        for (int attempt = 0; attempt < ATTEMPTS && !tests.isEmpty(); attempt++) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests)
                .filters(ClassNameFilter.includeClassNamePatterns(args[1]))
                .configurationParameter("junit.jupiter.execution.timeout.default", TimeLimit.SECONDS + " s")
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
            LauncherFactory.create().execute(request, new OutcomePrinter(suite.packages().get(0)), new TimeLimit(),
                takenPorts);
            tests = takenPorts.take();
        }
        long acknowledged = Deferred.acknowledgedInThisNamespace() - before;
        System.out.println(new Deferred(acknowledged, Deferred.countedByTheProvider()).toLine());
        System.out.flush();
        System.exit(0); // a thread that hangs shall not keep the others' results
    }
}
