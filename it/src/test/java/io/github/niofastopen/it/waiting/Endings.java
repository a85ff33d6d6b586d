// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How each case has ended on one provider: what {@link DisturbedWaits} has printed. */
final class Endings {
    private static final String REMARKS = "^([A-Z ]+; )+";
    private static final String WAITS_THOUGH_CLOSED = "waits( \\| [^|]* \\| closed)";

    private final Map<String, String> byCase;

    private Endings(Map<String, String> byCase) {
        this.byCase = byCase;
    }

    static Endings parse(List<String> lines) {
        return new Endings(lines.stream().map(line -> line.split("\t")).filter(fields -> fields.length == 2)
            .collect(Collectors.toMap(fields -> fields[0], fields -> fields[1], (first, second) -> second, TreeMap::new)));
    }

    Set<String> cases() {
        return byCase.keySet();
    }

    String of(String which) {
        return byCase.getOrDefault(which, "-");
    }

    /** Cases that have ended otherwise than on the JDK's provider, and not better either. */
    Set<String> worseThan(Endings jdk) {
        return cases().stream().filter(each -> !jdk.allow(each, of(each))).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean allow(String which, String ending) {
        return allowed(which).contains(ending);
    }

    /**
     * What the JDK's provider does. Where it stands still, what it does on platform threads; where its call doesn't wait, or
     * isn't ended by a close, what a call does that is.
     */
    private Set<String> allowed(String which) {
        Set<String> allowed = new LinkedHashSet<>();
        for (String call : List.of(which, withAkin(which))) {
            String ending = of(call);
            allowed.add(ending);
            if (!ending.equals(mended(ending)) || ending.equals("-")) {
                allowed.add(mended(of(onPlatformThreads(call))));
            }
            allowed.add(mended(ending));
        }
        return allowed;
    }

    private static String mended(String ending) {
        return ending.replaceFirst(REMARKS, "").replaceAll(WAITS_THOUGH_CLOSED, "AsynchronousCloseException$1");
    }

    private static String withAkin(String which) {
        for (Call call : Call.values()) {
            if (which.contains(" " + call + " ")) {
                return which.replace(" " + call + " ", " " + call.akin() + " ");
            }
        }
        return which;
    }

    private static String onPlatformThreads(String which) {
        return which.replaceFirst("\\S+ BY \\S+", "PLATFORM BY PLATFORM");
    }
}
