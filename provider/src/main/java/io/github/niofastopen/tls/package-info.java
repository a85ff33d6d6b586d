// SPDX-License-Identifier: Apache-2.0
/** What can be read off TLS handshake messages: formats alone, nothing is made or verified. */
package io.github.niofastopen.tls;
