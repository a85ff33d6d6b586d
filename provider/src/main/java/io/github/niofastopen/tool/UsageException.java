// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

/** A word of the command line that can't be used: the message names it, and what would do. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
