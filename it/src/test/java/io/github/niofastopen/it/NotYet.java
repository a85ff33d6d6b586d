// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.fail;

import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * What is promised and isn't kept yet. The lists are exact: what is on one and holds fails its test too, so that the line
 * goes with the mend.
 */
final class NotYet {
    /** Of the table of {@link HostileExchangeIT}. */
    static final Set<String> ROWS = Set.of();

    /** Test methods. */
    static final Set<String> PROMISES = Set.of();

    private NotYet() {
    }

    /** @param promise its name on the list */
    static void check(Set<String> list, String promise, ThrowingCallable assertion) throws Exception {
        boolean listed = list.contains(promise);
        if (!holds(assertion, listed)) {
            System.out.println("not yet: " + promise);
        } else if (listed) {
            fail("%s holds now: take its line off the list", promise);
        }
    }

    private static boolean holds(ThrowingCallable assertion, boolean mayFail) throws Exception {
        try {
            assertion.call();
            return true;
        } catch (AssertionError e) {
            if (!mayFail) {
                throw e;
            }
            return false;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
