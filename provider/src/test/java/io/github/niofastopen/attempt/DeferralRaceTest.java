// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.outcome.Outcome;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Starts every pair and every triple of operations together on one attempt, many times: writer, reader, window, hedge,
 * patience, recovery and close meet in every order that the scheduler comes up with. The peer answers, is silent, or resets.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeferralRaceTest {
    private static final int ROUNDS = 1_500;
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(3, task -> {
        Thread thread = new Thread(task, "race");
        thread.setDaemon(true);
        return thread;
    });

    enum Operation {
        FIRST_FLIGHT {
            @Override
            void on(Round round) {
                round.taken.add(round.deferral.sendFirstFlight(Round.FLIGHT));
            }
        },
        RELEASE {
            @Override
            void on(Round round) {
                if (round.deferral.release(Outcome.WINDOW_ELAPSED)) {
                    round.releases.incrementAndGet();
                }
            }
        },
        /** Recovers, where the peer has reset the SYN, and sends the flight again, once the peer has answered. */
        POLL {
            @Override
            void on(Round round) {
                for (int i = 0; i < 3; i++) {
                    Phase phase = round.deferral.poll();
                    if (!phase.awaitsPeer() && round.deferral.outcome() != null) {
                        round.outcomes.add(round.deferral.outcome());
                    }
                }
                round.deferral.whileOpen(round.socket::info);
            }
        },
        HEDGE {
            @Override
            void on(Round round) {
                round.deferral.hedge();
                round.deferral.poll();
            }
        },
        PATIENCE {
            @Override
            void on(Round round) {
                round.deferral.poll();
                round.deferral.endPatience();
            }
        },
        CLOSE {
            @Override
            void on(Round round) {
                round.closes.add(round.deferral.close(true));
                round.socket.closeHasReturned = true;
            }
        };

        abstract void on(Round round);
    }

    @AfterAll
    static void endThreads() {
        THREADS.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("pairsAndTriples")
    void oneSynAndOneReconnectLeaveAtMostAndNothingReachesTheDescriptorAfterClose(List<Operation> operations)
            throws Exception {
        Rounds rounds = new Rounds(operations);
        CyclicBarrier together = new CyclicBarrier(operations.size(), rounds::next);
        List<Future<?>> threads = new ArrayList<>();

        for (Operation operation : operations) {
            threads.add(THREADS.submit(() -> {
                for (together.await(); !rounds.over(); together.await()) {
                    rounds.run(operation);
                }
                return null;
            }));
        }
        for (Future<?> thread : threads) {
            thread.get();
        }

        assertThat(rounds.violations).isEmpty();
        assertThat(rounds.begun).isEqualTo(ROUNDS);
    }

    static Stream<List<Operation>> pairsAndTriples() {
        List<List<Operation>> combinations = new ArrayList<>();
        Operation[] all = Operation.values();
        for (int i = 0; i < all.length; i++) {
            for (int j = i; j < all.length; j++) {
                combinations.add(List.of(all[i], all[j]));
                for (int k = j; k < all.length; k++) {
                    combinations.add(List.of(all[i], all[j], all[k]));
                }
            }
        }
        return combinations.stream();
    }

    /** The barrier calls {@link #next} while all threads stand at it. */
    private static final class Rounds {
        final Queue<String> violations = new ConcurrentLinkedQueue<>();
        private final List<Operation> operations;
        /** The same peers in each run; only the scheduler differs. */
        private final Random random = new Random(4);
        int begun;
        private Round current;
        private boolean over;

        Rounds(List<Operation> operations) {
            this.operations = operations;
        }

        void next() {
            if (current != null) {
                try {
                    current.check(operations);
                } catch (RuntimeException | AssertionError e) {
                    violations.add("in the end: " + e);
                }
            }
            over = begun == ROUNDS || !violations.isEmpty();
            if (!over) {
                begun++;
                current = new Round(new RacedSocket(random.nextLong(), violations), begun % 4 == 0, begun % 3 == 0, violations);
            }
        }

        boolean over() {
            return over;
        }

        void run(Operation operation) {
            try {
                operation.on(current);
            } catch (RuntimeException | Error e) {
                violations.add(operation + " threw " + e);
            }
        }
    }

    /** One attempt, and what the operations on it returned. */
    private static final class Round {
        static final byte[] FLIGHT = new byte[517];
        private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 443);
        /** More than the peer ever takes to answer and the send buffer to be emptied. */
        private static final int POLLS = 1_000;

        static {
            for (int i = 0; i < FLIGHT.length; i++) {
                FLIGHT[i] = (byte) i;
            }
            ByteBuffer.wrap(FLIGHT).put((byte) 22).putShort((short) 0x0301).putShort((short) (FLIGHT.length - 5))
                .put((byte) 1).put((byte) 0).putShort((short) (FLIGHT.length - 9)).putShort((short) 0x0303);
        }

        final RacedSocket socket;
        final Deferral deferral;
        final Queue<Integer> taken = new ConcurrentLinkedQueue<>();
        final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
        final AtomicInteger releases = new AtomicInteger();
        final AtomicInteger relocations = new AtomicInteger();
        final Queue<Phase> closes = new ConcurrentLinkedQueue<>();
        private final boolean asked;
        private final Queue<String> violations;

        /**
         * @param asked whether the SYN has left to ask for a cookie, instead of being held back
         * @param proven whether the path is known to bear all of a connection
         */
        Round(RacedSocket socket, boolean asked, boolean proven, Queue<String> violations) {
            this.socket = socket;
            this.asked = asked;
            this.violations = violations;
            deferral = Deferral.armed(socket, REMOTE, new Deferral.Path() {
                @Override
                public boolean isCleared() {
                    return false;
                }

                @Override
                public boolean isProven() {
                    return proven;
                }

                @Override
                public boolean isAcquitted() {
                    return false;
                }

                @Override
                public boolean hasHadTime() {
                    return true;
                }

                @Override
                public void reconnected() {
                    relocations.incrementAndGet();
                }
            });
            deferral.arm(false);
            if (asked) {
                socket.askForCookie();
                deferral.asked();
            } else {
                deferral.held();
            }
        }

        void check(List<Operation> operations) {
            boolean closed = operations.contains(Operation.CLOSE);
            boolean sends = operations.contains(Operation.FIRST_FLIGHT) || operations.contains(Operation.RELEASE);
            boolean departs = sends && !asked;
            int departures = socket.flights + socket.bareSyns;
            expect(departures <= (asked ? 0 : 1), departures + " SYNs left");
            expect(departures == 1 || closed || !departs, "no SYN left");
            expect(releases.get() == socket.bareSyns, releases + " releases were told");
            expect(closed == (deferral.phase() == Phase.CLOSED), "it ended as " + deferral.phase());
            expect(closes.stream().filter(before -> before != Phase.CLOSED).count() == (closed ? 1 : 0),
                "closes were told " + closes);
            expect(closes.stream().filter(before -> before != Phase.CLOSED && before != Phase.HELD).count() == socket.shutDowns,
                "it was shut down from " + closes);
            if (!closed) {
                complete(departs || asked);
            }
            checkReconnect(closed);
        }

        /** Polls and hedges what the operations have left undone. */
        private void complete(boolean departed) {
            for (int i = 0; i < POLLS && deferral.phase().awaitsPeer(); i++) {
                deferral.poll();
                if (i == POLLS / 2) {
                    deferral.hedge();
                }
            }
            while (deferral.phase().awaitsFirstByte() || deferral.phase().awaitsPeer()) {
                deferral.endPatience();
            }
            deferral.conclude();
            Phase last = !departed ? Phase.HELD : asked ? Phase.ANSWERED : Phase.ESTABLISHED;
            expect(deferral.phase() == last, "it came to " + deferral.phase());
            Outcome outcome = deferral.outcome();
            expect(departed == (outcome != null), "its outcome was " + outcome);
            expect(outcomes.stream().allMatch(told -> told == outcome), outcomes + " were told before " + outcome);
            boolean replaced = outcome == Outcome.UNANSWERED || outcome == Outcome.UNANSWERED_TWICE;
            expect(outcome == null || !replaced && outcome.carriesOption() == (socket.connects == 0 && releases.get() == 0)
                    || replaced && socket.connects == 1,
                "its outcome was " + outcome + " after " + socket.connects + " reconnects");
        }

        private void checkReconnect(boolean closed) {
            int told = taken.stream().mapToInt(Integer::intValue).sum();
            expect(socket.connects <= 1 && socket.disconnects == socket.connects,
                socket.connects + " reconnects after " + socket.disconnects + " disconnects");
            expect(relocations.get() == socket.connects, relocations + " relocations were told");
            expect(told <= FLIGHT.length && taken.stream().filter(n -> n != 0).count() <= 1, "writers were told " + taken);
            byte[] promised = Arrays.copyOf(FLIGHT, told);
            byte[] resent = socket.resent();
            if (socket.connects == 0) {
                expect(told == socket.takenBySyn, "writers were told " + taken + " of " + socket.takenBySyn);
                expect(resent.length == 0, "sent again without a reconnect");
            } else if (closed) {
                expect(resent.length <= told && Arrays.equals(resent, Arrays.copyOf(promised, resent.length)),
                    resent.length + " bytes were sent again that aren't the flight's first");
            } else {
                expect(Arrays.equals(resent, promised), resent.length + " bytes were sent again instead of " + told);
            }
        }

        private void expect(boolean holds, String otherwise) {
            if (!holds) {
                violations.add(otherwise + " (" + socket + (asked ? ", asked)" : ", held)"));
            }
        }
    }
}
