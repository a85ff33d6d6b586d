// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static io.github.niofastopen.destinations.PathMemoryTest.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedTest {
    private static final int MOST = 8;
    private static final int HALF = MOST / 2;

    private final Bounded<Integer, String> few = new Bounded<>(MOST);

    /** As with a crawler, a sender of webhooks or a mail relay: most hosts are met once, a few over and over. */
    @Test
    void whatIsLookedAtOverAndOverOutlivesWhatIsMetOnce() {
        // given
        Bounded<InetAddress, Integer> map = new Bounded<>();
        IntStream.range(0, Bounded.MAX_REMEMBERED).forEach(i -> map.put(numbered(10, i), i));

        // when
        int largest = 0;
        for (int i = 0; i < 40_000; i++) {
            map.put(numbered(172, i), i);
            if (i % 10 == 0) {
                map.get(hot(i / 10));
                largest = Math.max(largest, map.copy().size());
            }
        }

        // then
        assertThat(IntStream.range(0, 100).filter(i -> map.get(hot(i)) != null).count()).isGreaterThanOrEqualTo(80);
        assertThat(largest).isBetween(Bounded.MAX_REMEMBERED / 2, Bounded.MAX_REMEMBERED);
    }

    /** Of the first that were put. */
    private static InetAddress hot(int i) {
        return numbered(10, Bounded.MAX_REMEMBERED - 1 - i % 100);
    }

    private static InetAddress numbered(int network, int i) {
        return address(network + "." + i / 65536 + "." + i / 256 % 256 + "." + i % 256);
    }

    @Test
    void theHalfThatWasPutLastIsThereAndTheBoundIsKept() {
        // when
        for (int key = 0; key < 10 * MOST; key++) {
            few.put(key, "value");

            // then
            assertThat(few.copy()).hasSizeLessThanOrEqualTo(MOST)
                .containsKeys(IntStream.rangeClosed(Math.max(0, key - HALF + 1), key).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void whatIsPutAgainCountsOnceAndHasItsLastValue() {
        // given
        few.put(1, "one");
        few.put(2, "two");

        // when
        for (int i = 0; i < 100; i++) {
            few.put(2, "two, put " + i);
        }

        // then
        assertThat(few.copy()).containsOnlyKeys(1, 2).containsEntry(2, "two, put 99");
    }

    @Test
    void whatIsPutAgainAfterItHasGrownOldHasItsLastValue() {
        // given
        putIn(Place.OLD);

        // when
        few.put(1, "another");

        // then
        assertThat(few.get(1)).isEqualTo("another");
        assertThat(few.copy()).containsEntry(1, "another");
    }

    /** Where an entry lies. */
    private enum Place {
        YOUNG, OLD, BOTH
    }

    private void putIn(Place place) {
        few.put(1, "one");
        if (place != Place.YOUNG) {
            IntStream.range(1, HALF).forEach(i -> few.put(-i, "other"));
        }
        if (place == Place.BOTH) {
            few.get(1);
        }
    }

    private void assertThatItIsGoneForGood() {
        assertThat(few.get(1)).isNull();
        assertThat(few.copy()).doesNotContainKey(1);
        few.put(3, "another");
        assertThat(few.get(1)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRemovedIsGone(Place place) {
        // given
        putIn(place);

        // when
        few.remove(1);

        // then
        assertThatItIsGoneForGood();
    }

    @ParameterizedTest
    @EnumSource
    void whatFulfilsAConditionIsGoneAndNothingElse(Place place) {
        // given
        putIn(place);

        // when
        few.removeIf((key, value) -> key == 1 && value.equals("one"));

        // then
        assertThatItIsGoneForGood();
        assertThat(few.copy().keySet()).hasSize(place == Place.YOUNG ? 1 : HALF);
    }

    @Test
    void aConditionIsAskedForTheLastValueAlone() {
        // given
        putIn(Place.OLD);
        few.put(1, "another");

        // when
        few.removeIf((key, value) -> value.equals("one"));

        // then
        assertThat(few.get(1)).isEqualTo("another");
    }

    @ParameterizedTest
    @EnumSource
    void clearedItIsEmpty(Place place) {
        // given
        putIn(place);
        boolean before = few.isEmpty();

        // when
        few.clear();

        // then
        assertThat(before).isFalse();
        assertThat(few.isEmpty()).isTrue();
        assertThatItIsGoneForGood();
    }

    @ParameterizedTest
    @EnumSource
    void aValueIsReplacedOrRemovedIfItIsStillTheOneThatWasGot(Place place) {
        // given
        putIn(place);

        // when, then
        few.replace(1, "another", "wrong");
        few.remove(1, "another");
        assertThat(few.get(1)).isEqualTo("one");
        few.replace(1, "one", "two");
        assertThat(few.get(1)).isEqualTo("two");
        few.remove(1, "two");
        assertThatItIsGoneForGood();
        few.replace(1, "two", "wrong");
        assertThatItIsGoneForGood();
    }

    /** The first comparison finds it; by the second whoever has found it looks again, under the lock. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void whatIsRemovedWhileItIsFoundDoesNotComeBack(int comparison) throws Exception {
        // given
        Bounded<Key, String> map = new Bounded<>(MOST);
        IntStream.rangeClosed(1, HALF).forEach(i -> map.put(new Key(i), "value"));
        Thread remover = new Thread(() -> map.remove(new Key(1)));

        // when
        String found = map.get(new Key(1, comparison, remover));
        remover.join();

        // then
        assertThat(found).isEqualTo("value");
        assertThat(map.get(new Key(1))).isNull();
        assertThat(map.copy()).hasSize(HALF - 1);
    }

    /** A key that starts a thread, and goes on when that has ended or waits, at one of the times that it is compared. */
    private static final class Key {
        private final int number;
        private int comparisons;
        private final Thread meanwhile;

        Key(int number) {
            this(number, 0, null);
        }

        Key(int number, int comparisons, Thread meanwhile) {
            this.number = number;
            this.comparisons = comparisons;
            this.meanwhile = meanwhile;
        }

        @Override
        public boolean equals(Object other) {
            if (comparisons > 0 && --comparisons == 0) {
                meanwhile.start();
                while (meanwhile.getState() != Thread.State.TERMINATED && meanwhile.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
            return other instanceof Key && ((Key) other).number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    @Test
    void whoeverAsksWaitsForNobody() {
        // given
        putIn(Place.OLD);
        List<String> found = new ArrayList<>();

        // when: another asks while the lock is held
        few.removeIf((key, value) -> {
            found.add(CompletableFuture.supplyAsync(() -> few.get(1)).orTimeout(30, TimeUnit.SECONDS).join());
            return false;
        });

        // then
        assertThat(found).hasSize(HALF).containsOnly("one");
    }

    /** Each adds by replacing what it has got; among them the entry grows old over and over. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void aValueThatManyThreadsReplaceLosesNothing() throws Exception {
        int threads = 4;
        int additions = 20_000;
        Bounded<Integer, Integer> map = new Bounded<>(100);
        map.put(0, 0);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            // when
            List<Future<?>> adders = new ArrayList<>();
            for (int thread = 1; thread <= threads; thread++) {
                int first = thread;
                adders.add(executor.submit(() -> {
                    for (int i = 0; i < additions; i++) {
                        addOne(map);
                        map.put(first + threads * i, -1);
                    }
                }));
            }
            for (Future<?> adder : adders) {
                adder.get();
            }

            // then
            assertThat(map.get(0)).isEqualTo(threads * additions);
        } finally {
            executor.shutdownNow();
        }
    }

    /** Until one's own was the one that was put. */
    private static void addOne(Bounded<Integer, Integer> map) {
        Integer got;
        boolean added;
        do {
            got = map.get(0);
            added = map.replace(0, got, got + 1);
        } while (!added);
    }
}
