// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import io.github.niofastopen.it.outcomes.Outcome;
import io.github.niofastopen.it.outcomes.OutcomePrinter;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the contracts in this JVM and prints a line for each test, see {@link Outcome}. Arguments: the simple names of
 * classes, or none for all.
 */
public final class ContractProgram {
    /** Most tests wait for most of their time. */
    private static final String PARALLELISM = "6";

    private ContractProgram() {
    }

    public static void main(String[] classes) {
        String packageName = ContractProgram.class.getPackageName();
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (String name : classes) {
            selectors.add(DiscoverySelectors.selectClass(packageName + "." + name));
        }
        if (selectors.isEmpty()) {
            selectors.add(DiscoverySelectors.selectPackage(packageName));
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
            .selectors(selectors)
            .filters(ClassNameFilter.includeClassNamePatterns(".*Contract"))
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .configurationParameter("junit.jupiter.execution.parallel.config.executor-service", "worker_thread_pool")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", PARALLELISM)
            .build();
        LauncherFactory.create().execute(request, new OutcomePrinter(packageName));
        System.out.flush();
        System.exit(0); // a thread that hangs shall not keep the others' results
    }
}
