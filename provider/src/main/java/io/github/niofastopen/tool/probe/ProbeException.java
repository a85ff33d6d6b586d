// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

/** Why a server can't be probed, in words for people. */
public final class ProbeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What it was that failed. */
    public enum Kind { UNREACHABLE, TLS }

    private final Kind kind;

    ProbeException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
