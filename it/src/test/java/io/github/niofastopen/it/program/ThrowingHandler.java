// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** A log handler that can't, and says so. */
public final class ThrowingHandler extends Handler {

    @Override
    public void publish(LogRecord record) {
        System.out.println("a handler was called");
        throw new IllegalStateException("the appender is closed");
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
    }
}
