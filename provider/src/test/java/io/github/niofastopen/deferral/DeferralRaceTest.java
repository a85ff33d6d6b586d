package io.github.niofastopen.deferral;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
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
 * Starts every pair and every triple of operations together on a SYN that is held back, many times: writer, reader,
 * window and close meet in every order that the scheduler comes up with.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeferralRaceTest {
    private static final int ROUNDS = 3_000;
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(3);

    enum Operation {
        FIRST_FLIGHT {
            @Override
            void on(Round round) {
                round.taken.add(round.deferral.sendFirstFlight(new byte[Round.FLIGHT_LENGTH]));
            }
        },
        RELEASE {
            @Override
            void on(Round round) {
                if (round.deferral.release()) {
                    round.releases.incrementAndGet();
                }
            }
        },
        POLL {
            @Override
            void on(Round round) {
                round.deferral.poll();
                round.deferral.poll();
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
    void oneSynLeavesAtMostAndNothingReachesTheDescriptorAfterClose(List<Operation> operations) throws Exception {
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
        int begun;
        private Round current;
        private boolean over;

        Rounds(List<Operation> operations) {
            this.operations = operations;
        }

        void next() {
            if (current != null) {
                current.check(operations, violations);
            }
            over = begun == ROUNDS || !violations.isEmpty();
            if (!over) {
                begun++;
                current = new Round(violations);
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
        static final int FLIGHT_LENGTH = 517;

        final RacedSocket socket;
        final Deferral deferral;
        final Queue<Integer> taken = new ConcurrentLinkedQueue<>();
        final AtomicInteger releases = new AtomicInteger();
        final Queue<Phase> closes = new ConcurrentLinkedQueue<>();

        Round(Queue<String> violations) {
            socket = new RacedSocket(violations);
            deferral = Deferral.deferrable(socket, true);
            deferral.arm();
            deferral.held();
        }

        void check(List<Operation> operations, Queue<String> violations) {
            int departures = socket.flights.get() + socket.bareSyns.get();
            boolean closed = operations.contains(Operation.CLOSE);
            boolean sends = operations.contains(Operation.FIRST_FLIGHT) || operations.contains(Operation.RELEASE);
            expect(departures <= 1, departures + " SYNs left", violations);
            expect(departures == 1 || closed || !sends, "no SYN left", violations);
            expect(taken.stream().mapToInt(Integer::intValue).sum() == FLIGHT_LENGTH * socket.flights.get(),
                "writers were told " + taken, violations);
            expect(releases.get() == socket.bareSyns.get(), releases + " releases were told", violations);
            expect(closed == (deferral.phase() == Phase.CLOSED), "it ended as " + deferral.phase(), violations);
            expect(closes.stream().filter(before -> before != Phase.CLOSED).count() == (closed ? 1 : 0),
                "closes were told " + closes, violations);
            expect(Collections.frequency(closes, Phase.SYN_SENT) >= socket.shutDowns.get(),
                "it was shut down from " + closes, violations);
        }

        private void expect(boolean holds, String otherwise, Queue<String> violations) {
            if (!holds) {
                violations.add(otherwise);
            }
        }
    }

    /** Takes its time in every call, and answers the SYN once it has left. */
    private static final class RacedSocket implements TcpSocket {
        final AtomicInteger flights = new AtomicInteger();
        final AtomicInteger bareSyns = new AtomicInteger();
        final AtomicInteger shutDowns = new AtomicInteger();
        volatile boolean closeHasReturned;
        private final AtomicInteger inside = new AtomicInteger();
        private final Queue<String> violations;

        RacedSocket(Queue<String> violations) {
            this.violations = violations;
        }

        @Override
        public int setFastOpenConnect(boolean on) {
            return 0;
        }

        @Override
        public int send(byte[] bytes, int offset, int length) {
            flights.incrementAndGet();
            pass("send");
            return length;
        }

        @Override
        public int sendBareSyn() {
            bareSyns.incrementAndGet();
            pass("sendBareSyn");
            return Errno.EINPROGRESS.asResult();
        }

        @Override
        public int state() {
            pass("state");
            return STATE_ESTABLISHED;
        }

        @Override
        public int takeError() {
            pass("takeError");
            return 0;
        }

        @Override
        public int shutDown() {
            shutDowns.incrementAndGet();
            pass("shutDown");
            return 0;
        }

        private void pass(String call) {
            if (inside.getAndIncrement() > 0) {
                violations.add(call + " ran beside another call");
            }
            for (int i = 0; i < 50; i++) {
                Thread.onSpinWait();
            }
            inside.getAndDecrement();
            if (closeHasReturned) {
                violations.add(call + " ran after close had returned");
            }
        }
    }
}
