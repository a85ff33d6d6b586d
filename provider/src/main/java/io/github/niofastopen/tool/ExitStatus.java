// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

/** What the commands exit with, as their help texts tell. */
final class ExitStatus {
    static final int OK = 0;
    /** Fast Open doesn't work: on this machine, says doctor; with a server, says probe. */
    static final int NO_FAST_OPEN = 1;
    static final int USAGE = 2;
    /** Probe could try nothing, since Fast Open isn't possible on this machine. */
    static final int NOT_HERE = 3;
    static final int UNREACHABLE = 4;
    static final int TLS = 5;
    static final int FILE = 6;

    private ExitStatus() {
    }
}
