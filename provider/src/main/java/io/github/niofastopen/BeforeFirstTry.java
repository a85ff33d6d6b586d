// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import io.github.niofastopen.linux.OwnClasses;

/** What is done before the first connect that tries Fast Open. */
final class BeforeFirstTry implements Runnable {
    private final KeyShares keyShares;

    /** @param keyShares null if none are to be predicted */
    BeforeFirstTry(KeyShares keyShares) {
        this.keyShares = keyShares;
    }

    @Override
    public void run() {
        OwnClasses.defineForConnect();
        if (keyShares != null) {
            keyShares.predict();
        }
    }
}
