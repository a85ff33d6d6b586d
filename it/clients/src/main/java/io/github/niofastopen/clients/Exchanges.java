// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.clients.client.Client;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The near end: makes exchanges with one client, one after the other, and prints what became of each. */
public final class Exchanges {
    /** What every server of the far end answers. */
    public static final String CONTENT = "hello";
    private static final long MOST_SECONDS = 30;

    private static final ExecutorService THREAD = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "exchange");
        thread.setDaemon(true);
        return thread;
    });

    private Exchanges() {
    }

    /**
     * Prints a line an exchange: the step's name, and {@code ok} with milliseconds, or {@code failed} with the exception's
     * classes from the outermost to the cause.
     *
     * @param args for each step its name, the client's class, {@code fresh} for a client an exchange or {@code same} for one
     *     client in all such steps, how many exchanges, and where to
     */
    public static void main(String[] args) throws Exception {
        Client same = null;
        for (int i = 0; i < args.length; i += 5) {
            Class<? extends Client> type = Class.forName(args[i + 1]).asSubclass(Client.class);
            URI target = URI.create(args[i + 4]);
            for (int n = Integer.parseInt(args[i + 3]); n > 0; n--) {
                if (args[i + 2].equals("same")) {
                    same = same == null ? create(type) : same;
                    System.out.println(args[i] + " " + exchange(same, target));
                } else {
                    Client fresh = create(type);
                    System.out.println(args[i] + " " + exchange(fresh, target));
                    fresh.close();
                }
            }
        }
        // Some clients leave threads behind that aren't daemons.
        System.exit(0);
    }

    private static Client create(Class<? extends Client> type) throws ReflectiveOperationException {
        return type.getConstructor().newInstance();
    }

    private static String exchange(Client client, URI target) throws InterruptedException {
        Future<String> exchange = THREAD.submit(() -> {
            long start = System.nanoTime();
            String content = client.exchange(target).trim();
            double millis = (System.nanoTime() - start) / 1e6;
            return content.equals(CONTENT) ? "ok " + millis : "failed content: " + content;
        });
        try {
            return exchange.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return "failed " + classes(e.getCause());
        } catch (TimeoutException e) {
            return "failed: no answer within " + MOST_SECONDS + " s";
        }
    }

    private static String classes(Throwable failure) {
        StringBuilder names = new StringBuilder();
        for (Throwable t = failure; t != null && t != t.getCause(); t = t.getCause()) {
            names.append(names.length() == 0 ? "" : " < ").append(t.getClass().getName());
            if (Boolean.getBoolean("exchanges.messages")) {
                names.append(" (").append(t.getMessage()).append(')');
            }
        }
        return names.toString();
    }
}
