// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What HotSpot prints with {@code -XX:+PrintCompilation -XX:+PrintInlining}: a line for each compilation, then one for each
 * call in what is compiled, the deeper the further to the right.
 */
final class InliningLog {
    /** Time, number, marks, the tier, the method; not what it says when code is thrown away. */
    private static final String BY_THE_SECOND_COMPILER = "^ *\\d+ +\\d+ [ !%sbn]* 4 +\\S*\\b(?:METHOD) \\(\\d+ bytes\\)$";
    private static final Pattern CALL = Pattern.compile("^[ !s]*( )@ \\d+ +(\\S+) \\(\\d+ bytes\\)(.*)$");

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

    /** What a method itself calls, in the code that the second compiler has made of it: {@code Class::method}. */
    static List<Call> callsOf(String method, List<String> log) {
        Pattern compilation = Pattern.compile(BY_THE_SECOND_COMPILER.replace("METHOD", Pattern.quote(method)));
        for (int i = 0; i < log.size(); i++) {
            if (compilation.matcher(log.get(i)).find()) {
                return callsAfter(i, log);
            }
        }
        throw new AssertionError("the second compiler hasn't compiled " + method);
    }

    private static List<Call> callsAfter(int line, List<String> log) {
        List<Call> calls = new ArrayList<>();
        int depth = Integer.MAX_VALUE;
        for (int i = line + 1; i < log.size(); i++) {
            Matcher call = CALL.matcher(log.get(i));
            if (call.find()) {
                depth = Math.min(depth, call.start(1));
                if (call.start(1) == depth) {
                    calls.add(new Call(call.group(2), call.group(3).strip()));
                }
            } else if (!log.get(i).contains("made not entrant")) {
                break;
            }
        }
        return calls;
    }
}
