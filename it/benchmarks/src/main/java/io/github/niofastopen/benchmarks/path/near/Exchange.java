// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

/**
 * One exchange as the near end saw it. Times are in ns since the lab's start.
 *
 * @param contender who made it
 * @param handshake {@code full} or {@code resumed}
 * @param begin before the contender was told to make it
 * @param end when it had ended
 * @param connect when the contender began to connect, 0 if it doesn't tell
 * @param firstByteAfter from then until it saw the response's beginning, 0 if it doesn't tell
 * @param held how long the provider held the SYN, by its flight recorder event; 0 where there is none
 * @param outcome what became of Fast Open, by the same event; null where there is none
 */
public record Exchange(String contender, String handshake, long begin, long end, long connect, long firstByteAfter, long held,
        String outcome) {
    Exchange with(long heldNanos, String newOutcome) {
        return new Exchange(contender, handshake, begin, end, connect, firstByteAfter, heldNanos, newOutcome);
    }
}
