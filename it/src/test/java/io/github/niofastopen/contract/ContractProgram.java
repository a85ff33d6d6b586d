package io.github.niofastopen.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the contracts in this JVM and prints a line for each test, see {@link Outcome}. Arguments: the simple names of
 * classes, or none for all.
 */
public final class ContractProgram implements TestExecutionListener {
    /** Most tests wait for most of their time. */
    private static final String PARALLELISM = "6";

    private final Map<String, Long> started = new ConcurrentHashMap<>();

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
        LauncherFactory.create().execute(request, new ContractProgram());
        System.out.flush();
        System.exit(0); // a thread that hangs shall not keep the others' results
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
        String problem = result.getThrowable().map(ContractProgram::describe).orElse("");
        System.out.println(new Outcome(name(test), result.getStatus().name(), millis, problem).toLine());
    }

    private static String name(TestIdentifier test) {
        return test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast)
            .map(source -> name(source, test.getDisplayName())).orElse(test.getDisplayName());
    }

    private static String name(MethodSource source, String displayName) {
        String type = source.getClassName().substring(source.getClassName().lastIndexOf('.') + 1);
        String method = type + "." + source.getMethodName();
        return displayName.startsWith(source.getMethodName()) ? method : method + " " + displayName;
    }

    private static String describe(Throwable problem) {
        StringBuilder text = new StringBuilder(problem.toString());
        StackTraceElement[] trace = problem.getStackTrace();
        for (StackTraceElement element : trace) {
            if (element.getClassName().startsWith(ContractProgram.class.getPackageName())) {
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
