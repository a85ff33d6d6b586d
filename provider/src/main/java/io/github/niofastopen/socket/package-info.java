// SPDX-License-Identifier: Apache-2.0
/**
 * What {@link java.net.Socket} uses where an agent has changed it. Behind the door: its classes extend what is defined in
 * {@code java.net}, and wait as the JDK's own do.
 */
package io.github.niofastopen.socket;
