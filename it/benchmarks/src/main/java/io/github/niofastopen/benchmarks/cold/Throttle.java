// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold;

/** How much of a processor a program may take, as containers and functions are given. */
enum Throttle {
    NONE("all", 0), HALF("half of one", 50), QUARTER("a quarter of one", 25);

    private final String words;
    private final int percent;

    Throttle(String words, int percent) {
        this.words = words;
        this.percent = percent;
    }

    /** Of one processor; 0 for no bound. */
    int percent() {
        return percent;
    }

    @Override
    public String toString() {
        return words;
    }
}
