// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.util.logging.LogManager;

/** Runs {@link Scenarios} in an application that has set up its logging. */
public final class LoggedScenarios {
    private LoggedScenarios() {
    }

    /** Arguments: as those of {@link Scenarios}. */
    public static void main(String[] arguments) throws IOException {
        LogManager.getLogManager();
        Scenarios.main(arguments);
    }
}
