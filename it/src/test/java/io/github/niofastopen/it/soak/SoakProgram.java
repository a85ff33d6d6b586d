// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.soak;

import io.github.niofastopen.it.contract.ThreadKind;
import io.github.niofastopen.it.outcomes.Deferred;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes many connections in every {@link Mode}, first with a ClientHello and without, on every kind of thread, and prints
 * what is left over after the first tenth of them and in the end, and what the two ends don't agree on. Arguments: how many
 * connections, and the window in ms. Progress goes to standard error.
 */
public final class SoakProgram {
    private static final int AT_A_TIME = 32;
    private static final long PROGRESS_SECONDS = 5;
    private static final int WARM_UP_SHARE = 10;
    /** What has been released may take a moment to be gone: descriptors that a selector closes, threads that end. */
    private static final int LOOKS = 100;
    private static final int BETWEEN_LOOKS_MILLIS = 100;

    private final int total;
    private final long windowMillis;
    private final Ledger ledger;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    private SoakProgram(int total, long windowMillis) {
        this.total = total;
        this.windowMillis = windowMillis;
        ledger = new Ledger(total);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        new SoakProgram(Integer.parseInt(args[0]), Long.parseLong(args[1])).run();
    }

    private void run() throws IOException, InterruptedException {
        long started = System.nanoTime();
        Deferred.letTheProviderCount();
        long acknowledged = Deferred.acknowledgedInThisNamespace();
        connect(total / WARM_UP_SHARE);
        Leftovers before = Leftovers.now();
        for (int look = 0; look < LOOKS && before.channels() > 0; look++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            before = Leftovers.now();
        }
        System.out.println(before.toLine());
        connect(total);
        Leftovers after = Leftovers.now();
        for (int look = 0; look < LOOKS && hasMore(after, before); look++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            after = Leftovers.now();
        }
        System.out.println(after.toLine());
        ledger.disagreements().forEach(line -> System.out.println("disagreement\t" + line));
        System.out.println(new Deferred(Deferred.acknowledgedInThisNamespace() - acknowledged,
            Deferred.countedByTheProvider()).toLine());
        System.out.printf("bytes\t%d%n", ledger.bytesReceived());
        System.out.printf("connections\t%d%n", done.get());
        progress("in " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started) + " s");
    }

    private static boolean hasMore(Leftovers after, Leftovers before) {
        return after.descriptors() > before.descriptors() || after.sockets() > before.sockets()
            || after.threads() > before.threads() || after.channels() > 0;
    }

    /** Goes on until so many connections have been made, with servers and threads of its own. */
    private void connect(int until) throws IOException, InterruptedException {
        ExecutorService helpers = Executors.newCachedThreadPool();
        ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);
        try (EchoingServer echo = new EchoingServer(new byte[0], ledger);
             EchoingServer greeting = new EchoingServer(Client.GREETING, ledger)) {
            Client.Destinations destinations = new Client.Destinations(echo.address(), greeting.address(), windowMillis);
            for (int i = 0; i < AT_A_TIME; i++) {
                workers.execute(() -> work(until, destinations, helpers));
            }
            workers.shutdown();
            while (!workers.awaitTermination(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
                progress("");
            }
            helpers.shutdown();
            helpers.awaitTermination(1, TimeUnit.MINUTES);
        }
        next.set(until);
    }

    private void work(int until, Client.Destinations destinations, ExecutorService helpers) {
        for (int id = next.getAndIncrement(); id < until; id = next.getAndIncrement()) {
            // Every mode, with and without ClientHello, on every kind of thread
            int variant = id / Mode.values().length;
            Mode mode = Mode.values()[id % Mode.values().length];
            List<ThreadKind> kinds = ThreadKind.available();
            ThreadKind kind = kinds.get(variant / 2 % kinds.size());
            Client client = new Client(id, variant % 2 == 0, destinations, ledger, helpers);
            Thread thread = kind.unstarted(() -> connect(mode, kind, client));
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            done.incrementAndGet();
        }
    }

    private void connect(Mode mode, ThreadKind kind, Client client) {
        try {
            mode.run(client);
        } catch (IOException | RuntimeException e) {
            ledger.problem(String.format(Locale.ROOT, "connection %d, %s on a %s thread: %s", client.id(), mode, kind, e));
        }
    }

    private void progress(String time) {
        System.err.printf(Locale.ROOT, "soak: %,d of %,d connections, %,d bytes, %d problems %s%n", done.get(), total,
            ledger.bytesReceived(), ledger.problems(), time);
    }
}
