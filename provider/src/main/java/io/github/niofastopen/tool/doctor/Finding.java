// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import java.util.List;

/**
 * One thing that bears on TCP Fast Open on this machine.
 *
 * @param subject what was looked at, in a word or two
 * @param text what was found, for people
 * @param remedy the commands or settings that mend it, a line each; empty where nothing needs to be mended
 * @param details what is told on demand
 */
public record Finding(String subject, State state, String text, List<String> remedy, List<String> details) {

    /** What a finding means for Fast Open. */
    public enum State {
        OK,
        /** Worth knowing. */
        NOTE,
        /** Fast Open can't work. */
        STOPS
    }

    static Finding ok(String subject, String text) {
        return new Finding(subject, State.OK, text, List.of(), List.of());
    }

    static Finding note(String subject, String text, String... remedy) {
        return new Finding(subject, State.NOTE, text, List.of(remedy), List.of());
    }

    static Finding stops(String subject, String text, String... remedy) {
        return new Finding(subject, State.STOPS, text, List.of(remedy), List.of());
    }

    Finding withRemedy(String line) {
        return new Finding(subject, state, text, List.of(line), details);
    }

    Finding withDetails(List<String> lines) {
        return new Finding(subject, state, text, remedy, lines);
    }
}
