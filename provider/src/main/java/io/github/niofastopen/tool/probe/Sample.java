// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.outcome.Report;

/**
 * One connection.
 *
 * @param report what the provider told of it, null for an ordinary connection of the JDK's
 */
public record Sample(Timeline timeline, Report report) {
}
