// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Stops a program for a part of each period by signals, where no control group can be made. It bounds a program that keeps one
 * processor busy as a control group would, and one that waits more.
 */
final class DutyCycle implements Throttling {
    private static final String SCRIPT = String.join("\n",
        "run=$0 rest=$1; shift",
        "\"$@\" & program=$!; exec >/dev/null",
        "while sleep $run; kill -STOP $program 2>/dev/null; do sleep $rest; kill -CONT $program; done",
        "wait $program");

    @Override
    public List<String> around(Throttle throttle, List<String> command) {
        if (throttle == Throttle.NONE) {
            return command;
        }
        double period = PERIOD_MICROS / 1e6;
        List<String> within = new ArrayList<>(List.of("sh", "-c", SCRIPT, seconds(period * throttle.percent() / 100),
            seconds(period * (100 - throttle.percent()) / 100)));
        within.addAll(command);
        return within;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    @Override
    public String inWords() {
        return "by signals that stop it for the rest of each 100 ms, since no control group can be made on this machine";
    }

    @Override
    public void close() {
        // Nothing is left behind.
    }
}
