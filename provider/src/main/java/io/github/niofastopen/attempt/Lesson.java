// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.outcome.Outcome;

/**
 * That an attempt comes to one outcome, which is learned and told once. Whoever finds it out returns only when it has been
 * learned, since the application may connect again at once.
 */
abstract class Lesson {
    /** What the attempt has come to; written under this object's monitor. */
    private volatile Outcome outcome;

    /** Whether nothing is left to be found out or learned. */
    final boolean isLearned() {
        return outcome != null;
    }

    /** @param found what the attempt has come to; null if that isn't known yet */
    final void learn(Outcome found) {
        if (found != null && learnOnce(found)) {
            tell(found);
        }
    }

    private synchronized boolean learnOnce(Outcome found) {
        if (outcome != null) {
            return false;
        }
        remember(found);
        outcome = found;
        return true;
    }

    /** Called once, under this object's monitor, which is taken after every other lock but the memory's own. */
    abstract void remember(Outcome found);

    /** Called once, afterwards, under no lock of this object's. */
    abstract void tell(Outcome found);
}
