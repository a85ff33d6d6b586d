// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import io.github.niofastopen.it.lab.Lab;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips what needs the lab where no lab can be made, with the reason; on CI, where one must be had, it fails instead. */
final class LabCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> unavailable;
        try {
            unavailable = Lab.unavailable();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        if (unavailable.isEmpty()) {
            return ConditionEvaluationResult.enabled("the lab runs here");
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("no lab can be made here, and CI=true: " + unavailable.get());
        }
        return ConditionEvaluationResult.disabled("no lab can be made here: " + unavailable.get());
    }
}
