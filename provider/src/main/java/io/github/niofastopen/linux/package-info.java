// SPDX-License-Identifier: Apache-2.0
/**
 * What is asked of Linux: the native library, its system calls and their errors. Other systems have no such package; there
 * the JDK's provider serves. Theirs would implement {@link io.github.niofastopen.linux.TcpSocket}, which holds back a SYN,
 * sends the first bytes in it, and undoes a connect:
 *
 * <ul>
 *   <li>macOS: {@code connectx(2)} with {@code CONNECT_RESUME_ON_READ_WRITE} and {@code CONNECT_DATA_IDEMPOTENT}, which
 *       holds the SYN back until the first write.
 *   <li>FreeBSD: {@code TCP_FASTOPEN} on the socket and {@code sendto(2)} with an address. Nothing tells beforehand whether
 *       the kernel has a cookie, so every connect would have to be held back.
 *   <li>Windows: {@code TCP_FASTOPEN} on the socket and {@code ConnectEx} with the first bytes, an overlapped call.
 * </ul>
 */
package io.github.niofastopen.linux;
