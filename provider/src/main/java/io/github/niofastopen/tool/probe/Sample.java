// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.outcome.Report;

/**
 * One connection.
 *
 * @param handshake what was said first
 * @param report what the provider told of it, null for an ordinary connection of the JDK's
 */
public record Sample(Timeline timeline, Handshake handshake, Report report) {
}
