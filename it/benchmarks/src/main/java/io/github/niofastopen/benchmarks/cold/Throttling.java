// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold;

import java.io.IOException;
import java.util.List;

/** A way to give programs a part of a processor. */
interface Throttling extends AutoCloseable {
    /** How long a period is: what the kernel takes by default (kernel/sched/fair.c, default_cfs_period). */
    int PERIOD_MICROS = 100_000;

    /** The best that this machine has. */
    static Throttling here() {
        Throttling groups = ControlGroups.orNull();
        return groups == null ? new DutyCycle() : groups;
    }

    /** A command that runs another within bounds. */
    List<String> around(Throttle throttle, List<String> command) throws IOException;

    /** What it is, for the document. */
    String inWords();

    @Override
    void close() throws IOException;
}
