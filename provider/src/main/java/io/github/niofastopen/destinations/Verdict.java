// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.outcome.Outcome;

/** What a connect to a destination is to do, as far as is known of the destination and of the path to it. */
public enum Verdict {
    /** An ordinary connect; what comes after it is of no interest. */
    LEAVE_ALONE(Outcome.LEFT_ALONE),
    /** An ordinary connect; the first bytes tell whether the next one may be deferred. */
    WATCH(Outcome.LEFT_ALONE),
    /** An ordinary connect: Fast Open isn't to be had by this process. */
    UNSUPPORTED(Outcome.UNSUPPORTED),
    /** An ordinary connect: cookies have been asked for in vain. */
    NOT_GRANTED(Outcome.NOT_GRANTED),
    /** An ordinary connect: first flights to there are longer than a SYN holds. The first bytes tell whether they still are. */
    FLIGHT_TOO_LARGE(Outcome.FLIGHT_TOO_LARGE),
    /** An ordinary connect: Fast Open has failed on this path, or there was no connection. */
    AVOID(Outcome.AVOIDED),
    /** An ordinary connect: an application that has other addresses is to learn from it whether this one still lives. */
    IN_DOUBT(Outcome.IN_DOUBT),
    /** Deferred, if the kernel has a cookie. */
    TRY(null);

    private final Outcome outcome;

    Verdict(Outcome outcome) {
        this.outcome = outcome;
    }

    /** Whether Fast Open is tried, or isn't for a reason that may pass. */
    public boolean mightTry() {
        return this == TRY || this == IN_DOUBT || this == AVOID || this == NOT_GRANTED;
    }

    /** What this makes of the connection; null as long as that is to be seen. */
    public Outcome outcome() {
        return outcome;
    }
}
