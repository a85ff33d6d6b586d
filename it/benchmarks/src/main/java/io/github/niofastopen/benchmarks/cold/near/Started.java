// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold.near;

/**
 * What came of a start.
 *
 * @param firstByteMillis from the start of the process to the response's first byte
 * @param programMillis from there to the end of the process
 */
public record Started(String what, double firstByteMillis, double programMillis) {
}
