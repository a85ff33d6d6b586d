// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Something that makes exchanges, in processes of its own. */
abstract class Contender {
    private final Plan.Step step;
    private final long started;
    private final List<Exchange> exchanges = new ArrayList<>();

    Contender(Plan.Step step, long started) {
        this.step = step;
        this.started = started;
    }

    static Contender of(Plan.Step step, long started) {
        return step.isTool() ? new Tool(step, started) : new Jvm(step, started);
    }

    final Plan.Step step() {
        return step;
    }

    /** Those made so far. */
    final List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Makes it ready for its first turn. */
    void begin() throws IOException {
    }

    abstract void exchange(String handshake) throws IOException, InterruptedException;

    /** Ends it; its exchanges are complete then. */
    void end() throws IOException, InterruptedException {
    }

    /** Ends one that has failed. */
    void abandon() {
    }

    final void add(String handshake, long begin, long connect, long firstByteAfter) {
        exchanges.add(new Exchange(step.name(), handshake, begin - started, System.nanoTime() - started,
            connect == 0 ? 0 : connect - started, firstByteAfter, 0, null));
    }

    final void complete(int number, long heldNanos, String outcome) {
        exchanges.set(number, exchanges.get(number).with(heldNanos, outcome));
    }

    final Process start() throws IOException {
        return new ProcessBuilder(step.command()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
