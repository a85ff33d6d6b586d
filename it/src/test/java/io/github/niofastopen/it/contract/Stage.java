// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

/** How far a connected channel has come. */
enum Stage {
    /** Connected, and nothing written. */
    UNWRITTEN,
    /** The first write was what TLS begins with. */
    HELLO_WRITTEN,
    /** The first write was anything else. */
    PLAIN_WRITTEN,
    /** Both sides have spoken. */
    ESTABLISHED
}
