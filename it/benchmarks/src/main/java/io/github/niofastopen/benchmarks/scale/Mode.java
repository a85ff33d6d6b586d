// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.scale;

/** What the channels are. */
enum Mode {
    OFF("the JDK's channels"),
    NO_COOKIE("nio-fastopen, the server grants no cookie"),
    COOKIE("nio-fastopen, with a cookie");

    private final String words;

    Mode(String words) {
        this.words = words;
    }

    String inWords() {
        return words;
    }
}
