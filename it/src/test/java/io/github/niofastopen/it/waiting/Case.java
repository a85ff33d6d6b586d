// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import io.github.niofastopen.it.contract.ThreadKind;
import java.util.ArrayList;
import java.util.List;

/** A call that waits at a moment, on a thread of some kind, and is disturbed by another. */
record Case(Moment moment, Call call, Disturbance disturbance, ThreadKind waits, ThreadKind disturbs) {

    /** All there are on this JDK. */
    static List<Case> all() {
        List<Case> all = new ArrayList<>();
        for (Moment moment : Moment.values()) {
            for (Call call : Call.values()) {
                for (Disturbance disturbance : Disturbance.values()) {
                    for (ThreadKind waits : ThreadKind.available()) {
                        for (ThreadKind disturbs : ThreadKind.available()) {
                            all.add(new Case(moment, call, disturbance, waits, disturbs));
                        }
                    }
                }
            }
        }
        all.removeIf(each -> !each.exists());
        return all;
    }

    private boolean exists() {
        return moment.has(call) && (call != Call.TRANSFER_TO || waits == ThreadKind.PLATFORM || isOursToWaitIn());
    }

    /**
     * Once sendfile(2) waits for room, the thread keeps its carrier; and an interrupt closes the file, too, whose close waits
     * for the thread (FileChannelImpl.implCloseChannel). Both are the JDK's matter.
     */
    private boolean isOursToWaitIn() {
        return Subject.isSilentAt(moment) && disturbance != Disturbance.INTERRUPT;
    }

    boolean isOfVirtualThreads() {
        return waits == ThreadKind.VIRTUAL || disturbs == ThreadKind.VIRTUAL;
    }

    Case with(Call other) {
        return new Case(moment, other, disturbance, waits, disturbs);
    }

    @Override
    public String toString() {
        return String.join(" ", moment.name(), call.name(), disturbance.name(), waits.name(), "BY", disturbs.name());
    }
}
