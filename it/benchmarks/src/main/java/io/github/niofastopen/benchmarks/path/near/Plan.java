// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.util.List;

/**
 * What the near end is to do.
 *
 * @param loopbackServer the command of the server to warm up with
 * @param loopbackPort its port
 * @param rounds how often every contender has its turn
 * @param contenders who has a turn in each round, in this order
 */
public record Plan(List<String> loopbackServer, int loopbackPort, int rounds, List<Step> contenders) {

    /**
     * One contender.
     *
     * @param name its name in the results
     * @param command how it is started
     * @param input what a command-line tool is told, null for a JVM that is told a line an exchange
     * @param timed whether the tool prints when its first byte was there, in seconds, a space, and when it began to connect
     * @param mayFail whether the others go on if it fails
     * @param handshakes its turns in a round
     */
    public record Step(String name, List<String> command, String input, boolean timed, boolean mayFail,
            List<String> handshakes) {
        boolean isTool() {
            return input != null;
        }
    }
}
