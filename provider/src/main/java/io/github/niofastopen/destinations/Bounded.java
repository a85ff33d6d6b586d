// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Maps of what is remembered, which stay within bounds: a JVM that talks to more destinations forgets some of them. */
final class Bounded {
    static final int MAX_REMEMBERED = 4096;

    private Bounded() {
    }

    /** Which entry goes when there are too many is as good as random: that order, of hash codes, costs no bookkeeping. */
    static <K, V> void put(Map<K, V> map, K key, V value) {
        map.put(key, value);
        // Two threads may choose the same one.
        while (map.size() > MAX_REMEMBERED) {
            removeOneOtherThan(key, map);
        }
    }

    private static <K, V> void removeOneOtherThan(K key, Map<K, V> map) {
        Iterator<K> any = map.keySet().iterator();
        while (any.hasNext()) {
            if (!any.next().equals(key)) {
                any.remove();
                return;
            }
        }
    }

    static <K, V> Map<K, V> map() {
        return new ConcurrentHashMap<>();
    }
}
