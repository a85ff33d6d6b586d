// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold.near;

import java.util.List;

/**
 * One start of a program.
 *
 * @param what whose figures it adds to; null where it is made for something else, such as a cookie
 */
public record Start(String what, List<String> command) {
}
