// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.outcome;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where the reports of all connections arrive: counted by outcome, and handed to whoever listens, on the thread that
 * found the outcome, which may be a selecting one. Safe for use by many threads.
 */
public final class Reports {
    private static final Nobody NOBODY = new Nobody();
    private static final Outcome[] OUTCOMES = Outcome.values();

    /** By the outcomes' places. An EnumMap finds the constants by reflection, and a LongAdder its fields: a cold JVM's ms. */
    private final AtomicLong[] counts = new AtomicLong[OUTCOMES.length];
    private volatile Supplier<Consumer<Report>> recorder = NOBODY;
    private volatile Consumer<Report> listener = NOBODY;

    public Reports() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new AtomicLong();
        }
    }

    /** Whom to ask, at the beginning of each connect, for what is told of its end. */
    public void recordBy(Supplier<Consumer<Report>> newRecorder) {
        recorder = newRecorder;
    }

    /** Who is told of each connection, besides. It must not block. */
    public void listen(Consumer<Report> newListener) {
        listener = newListener;
    }

    /** A connect begins; what is returned is to be given to {@link #ended}. */
    public Consumer<Report> begin() {
        try {
            return recorder.get();
        } catch (RuntimeException | Error e) {
            // A class that can't be had, of an event or of what makes it one, must not cost anybody a connection.
            recorder = NOBODY;
            return NOBODY;
        }
    }

    /** @param recording what {@link #begin} returned */
    public void ended(Consumer<Report> recording, Report report) {
        counts[report.outcome().ordinal()].incrementAndGet();
        try {
            recording.accept(report);
            listener.accept(report);
        } catch (RuntimeException | Error e) {
            // Whoever watches must not change what is watched: this may be a selection, or a close.
        }
    }

    /** How many connections have had each outcome. */
    public Map<Outcome, Long> counts() {
        Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
        for (Outcome outcome : OUTCOMES) {
            sums.put(outcome, counts[outcome.ordinal()].get());
        }
        return sums;
    }

    /** Records nothing and listens to nothing. No lambda, as nothing that a start needs: each costs a cold JVM half a millisecond. */
    private static final class Nobody implements Supplier<Consumer<Report>>, Consumer<Report> {
        @Override
        public Consumer<Report> get() {
            return this;
        }

        @Override
        public void accept(Report report) {
            // Nobody is there to hear it.
        }
    }
}
