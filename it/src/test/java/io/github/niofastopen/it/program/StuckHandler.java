// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** A log handler that never returns. */
public final class StuckHandler extends Handler {

    @Override
    public void publish(LogRecord record) {
        System.out.println("a handler was called");
        while (true) {
            LockSupport.park();
        }
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
    }
}
