// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

/** A client or a server didn't do what the demo needs. */
final class ProgramFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    ProgramFailedException(String message) {
        super(message);
    }
}
