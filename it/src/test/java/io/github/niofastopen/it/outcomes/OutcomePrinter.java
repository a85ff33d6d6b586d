// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.outcomes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Prints a line for each test that ends, see {@link Outcome}, and for a class that can't be set up. */
public final class OutcomePrinter implements TestExecutionListener {
    private static final Pattern IDENTITY_HASH = Pattern.compile("@[0-9a-f]+\\b");

    private final String testPackage;
    private final Map<String, Long> started = new ConcurrentHashMap<>();

    /** @param testPackage whose first line in a stack trace tells where a test failed */
    public OutcomePrinter(String testPackage) {
        this.testPackage = testPackage;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            return;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started.get(test.getUniqueId()));
        String problem = result.getThrowable().map(this::describe).orElse("");
        System.out.println(new Outcome(nameOf(test), result.getStatus().name(), millis, problem).toLine());
    }

    /** The class's simple name, the method's, and which of its invocations it is: the same in every run. */
    private static String nameOf(TestIdentifier test) {
        String name = test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast)
            .map(source -> nameOf(source, test.getDisplayName())).orElse(test.getDisplayName());
        return IDENTITY_HASH.matcher(name).replaceAll("");
    }

    private static String nameOf(MethodSource source, String displayName) {
        String type = source.getClassName().substring(source.getClassName().lastIndexOf('.') + 1);
        String method = type + "." + source.getMethodName();
        String invocation = displayName.startsWith(source.getMethodName())
            ? displayName.substring(source.getMethodName().length()) : " " + displayName;
        return invocation.startsWith("(") ? method : method + invocation;
    }

    private String describe(Throwable problem) {
        StringBuilder text = new StringBuilder(problem.toString());
        StackTraceElement[] trace = problem.getStackTrace();
        for (StackTraceElement element : trace) {
            if (element.getClassName().startsWith(testPackage)) {
                text.append(" at ").append(element);
                break;
            }
        }
        if (problem.getCause() != null) {
            text.append(" caused by ").append(problem.getCause());
        }
        return text.toString();
    }
}
