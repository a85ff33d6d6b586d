// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.keyshare;

import java.util.Iterator;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Predicate;

/** The handshakes that are under way. Those that never end go with the JDK's object for them. */
final class Handshakes {
    /** Bounds the memory, and the time that it takes to find one that ends; handshakes beyond that are the JDK's own. */
    static final int MAX_FOLLOWED = 1024;

    private final Map<Object, Handshake> underWay = new WeakHashMap<>();
    /** For servers, whose handshakes end by the thousand and are none of these. */
    private volatile boolean empty = true;

    /** The handshake of that key, or null. */
    Handshake of(Object key) {
        synchronized (underWay) {
            return underWay.get(key);
        }
    }

    boolean isFull() {
        synchronized (underWay) {
            return underWay.size() >= MAX_FOLLOWED;
        }
    }

    void begin(Object key, Handshake handshake) {
        synchronized (underWay) {
            underWay.put(key, handshake);
            empty = false;
        }
    }

    /** Takes out one that ends, by its key: the key, or null. */
    Map.Entry<Object, Handshake> end(Predicate<Object> isIt) {
        if (empty) {
            return null;
        }
        synchronized (underWay) {
            Iterator<Map.Entry<Object, Handshake>> all = underWay.entrySet().iterator();
            while (all.hasNext()) {
                Map.Entry<Object, Handshake> one = all.next();
                if (isIt.test(one.getKey())) {
                    Map.Entry<Object, Handshake> ended = Map.entry(one.getKey(), one.getValue());
                    all.remove();
                    empty = underWay.isEmpty();
                    return ended;
                }
            }
            empty = underWay.isEmpty();
            return null;
        }
    }
}
