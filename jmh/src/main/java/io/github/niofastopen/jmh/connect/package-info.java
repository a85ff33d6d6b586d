// SPDX-License-Identifier: Apache-2.0
/** What connecting costs: connect, a TLS 1.3 handshake or what resembles its first flights, close. */
package io.github.niofastopen.jmh.connect;
