// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Collects tests that could not begin because a test before them still listened on their fixed port: Grizzly's don't await
 * that, whatever the provider. They are to be run again.
 */
final class TakenPorts implements TestExecutionListener {
    private final Queue<DiscoverySelector> again = new ConcurrentLinkedQueue<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() && result.getThrowable().filter(BindException.class::isInstance).isPresent()) {
            again.add(DiscoverySelectors.selectUniqueId(test.getUniqueId()));
        }
    }

    /** What has been collected since the last call. */
    List<DiscoverySelector> take() {
        List<DiscoverySelector> taken = new ArrayList<>();
        for (DiscoverySelector test = again.poll(); test != null; test = again.poll()) {
            taken.add(test);
        }
        return taken;
    }
}
