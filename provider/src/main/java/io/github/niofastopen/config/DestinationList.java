// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.config;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A list of destinations, as {@code niofastopen.include}, for one, gives it. */
public final class DestinationList {
    static final DestinationList EMPTY = new DestinationList("", List.of());

    private final String text;
    private final List<DestinationPattern> patterns;

    private DestinationList(String text, List<DestinationPattern> patterns) {
        this.text = text;
        this.patterns = patterns;
    }

    /** @param unusable is given the entries that can't be used, which the list is without */
    static DestinationList parse(String text, List<String> unusable) {
        List<DestinationPattern> patterns = new ArrayList<>();
        List<String> used = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            String entry = word.trim();
            try {
                patterns.add(DestinationPattern.parse(entry));
                used.add(entry);
            } catch (IllegalArgumentException e) {
                unusable.add(entry);
            }
        }
        return new DestinationList(String.join(",", used), patterns);
    }

    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether an entry names a destination. */
    public boolean contains(InetSocketAddress destination) {
        for (DestinationPattern pattern : patterns) {
            if (pattern.matches(destination)) {
                return true;
            }
        }
        return false;
    }

    /** Its entries as they were given. */
    @Override
    public String toString() {
        return text;
    }
}
