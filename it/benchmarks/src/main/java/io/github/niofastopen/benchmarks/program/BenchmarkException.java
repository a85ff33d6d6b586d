// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

/** Why a benchmark gives up: the words for who started it, and the status to exit with. */
public final class BenchmarkException extends Exception {
    /** A program that was measured has failed. */
    public static final int FAILED = 1;
    /** The command line can't be used. */
    public static final int BAD_USAGE = 2;
    /** This machine lacks something; the message tells the remedy. */
    public static final int NOT_HERE = 3;

    private static final long serialVersionUID = 1L;

    private final int status;

    public BenchmarkException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
