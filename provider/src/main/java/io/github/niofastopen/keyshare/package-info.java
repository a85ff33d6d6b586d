// SPDX-License-Identifier: Apache-2.0
/**
 * Which key shares the JDK's TLS sends at once. Behind the door: its classes extend what is defined in
 * {@code sun.security.ssl}, where an agent has changed the JDK's callers.
 */
package io.github.niofastopen.keyshare;
