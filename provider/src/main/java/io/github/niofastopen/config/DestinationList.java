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

    /** @throws IllegalArgumentException if an entry can't be used */
    static DestinationList parse(String text) {
        List<DestinationPattern> patterns = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            patterns.add(DestinationPattern.parse(word.trim()));
        }
        return new DestinationList(text, patterns);
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

    /** The list as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
