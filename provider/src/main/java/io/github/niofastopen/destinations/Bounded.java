// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;

/**
 * What is remembered by key, within a bound: a JVM that talks to more destinations forgets those that it hasn't used for longest.
 * There are two generations. What is put, and what is found in the old one, is in the young one from then on. When that has half
 * of what may be remembered, it becomes the old one, and what nobody has used meanwhile goes. So the half that was used last is
 * always there.
 *
 * <p>Safe for use by many threads, and whoever asks waits for nobody. What is found in the old generation is promoted under the lock,
 * if that is free; else by the next that asks. Whoever removes holds the lock, too, and removes from both generations; and a
 * promotion looks again, under the lock, what the old one has: what was removed doesn't come back. What is promoted stays in the
 * old one besides, so that nobody misses it meanwhile. Of two values the young one's counts.
 */
final class Bounded<K, V> {
    static final int MAX_REMEMBERED = 4096;

    private final int half;
    /** Held by whoever changes anything. */
    private final ReentrantLock lock = new ReentrantLock();

    // -- Read in this order: a generation that grows old between two looks is seen twice, and not missed

    private volatile Map<K, V> young = new ConcurrentHashMap<>();
    private volatile Map<K, V> old = new ConcurrentHashMap<>();

    Bounded() {
        this(MAX_REMEMBERED);
    }

    /** @param most how many there are at most */
    Bounded(int most) {
        half = most / 2;
    }

    /** Null if there is none. */
    V get(K key) {
        V value = young.get(key);
        return value == null ? ofOld(key) : value;
    }

    private V ofOld(K key) {
        V value = old.get(key);
        if (value != null && lock.tryLock()) {
            try {
                promote(key);
            } finally {
                lock.unlock();
            }
        }
        return value;
    }

    private void promote(K key) {
        V value = old.get(key);
        if (value != null && young.putIfAbsent(key, value) == null) {
            ageIfFull();
        }
    }

    private void ageIfFull() {
        if (young.size() >= half) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }

    boolean isEmpty() {
        return young.isEmpty() && old.isEmpty();
    }

    void put(K key, V value) {
        lock.lock();
        try {
            young.put(key, value);
            ageIfFull();
        } finally {
            lock.unlock();
        }
    }

    /** @return false if it isn't the value any more that was got; then nothing is done */
    boolean replace(K key, V got, V value) {
        lock.lock();
        try {
            boolean still = got.equals(current(key));
            if (still) {
                put(key, value);
            }
            return still;
        } finally {
            lock.unlock();
        }
    }

    private V current(K key) {
        V value = young.get(key);
        return value == null ? old.get(key) : value;
    }

    void remove(K key) {
        lock.lock();
        try {
            young.remove(key);
            old.remove(key);
        } finally {
            lock.unlock();
        }
    }

    /** If it is still the value that was got. */
    void remove(K key, V got) {
        lock.lock();
        try {
            if (got.equals(current(key))) {
                remove(key);
            }
        } finally {
            lock.unlock();
        }
    }

    /** @param condition must not block */
    void removeIf(BiPredicate<K, V> condition) {
        lock.lock();
        try {
            for (Map.Entry<K, V> entry : copy().entrySet()) {
                if (condition.test(entry.getKey(), entry.getValue())) {
                    remove(entry.getKey());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            old = new ConcurrentHashMap<>();
            young = new ConcurrentHashMap<>();
        } finally {
            lock.unlock();
        }
    }

    /** All that is remembered now. To look at it is no use of it. */
    Map<K, V> copy() {
        Map<K, V> younger = young;
        Map<K, V> all = new HashMap<>(old);
        all.putAll(younger);
        return all;
    }
}
