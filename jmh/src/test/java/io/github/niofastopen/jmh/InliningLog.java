// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What HotSpot's second compiler prints of the calls in a method that it compiles, one a line, the deeper the further to the
 * right. Asked for one method alone, since the lines don't say which method's they are.
 */
final class InliningLog {
    private static final Pattern CALL = Pattern.compile("^[ !s]*(@) \\d+ +(\\S+) \\(\\d+ bytes\\)(?: \\(not loaded\\))?(.*)$");

    /** A call, and what became of it. */
    record Call(String method, String verdict) {
        boolean isAccessor() {
            return verdict.startsWith("accessor");
        }

        boolean isInlined() {
            return verdict.startsWith("inline");
        }
    }

    private InliningLog() {
    }

    /** The JVM's options that make it print the log of a method: {@code package.Class::method}. */
    static List<String> options(String method) {
        return List.of("-Xbatch", "-XX:-TieredCompilation", "-XX:+UnlockDiagnosticVMOptions",
            "-XX:CompileCommand=PrintInlining," + method);
    }

    /** What the method itself calls; each once, however often it was compiled. */
    static Set<Call> calls(List<String> log) {
        int depth = log.stream().map(CALL::matcher).filter(Matcher::find).mapToInt(call -> call.start(1)).min().orElse(0);
        Set<Call> calls = new LinkedHashSet<>();
        for (String line : log) {
            Matcher call = CALL.matcher(line);
            if (call.find() && call.start(1) == depth) {
                calls.add(new Call(call.group(2), call.group(3).strip()));
            }
        }
        return calls;
    }
}
