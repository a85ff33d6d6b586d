// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import io.github.niofastopen.it.outcomes.Deferred;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Lets our provider forget before each test what it has learned from those before: one that connects where nobody listens
 * would keep the others' connections, which all go to the same address, from being deferred.
 */
final class FreshProvider implements TestExecutionListener {

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            Deferred.letTheProviderForget();
        }
    }
}
