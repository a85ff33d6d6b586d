// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.clients.client.Client;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The near end: makes exchanges with hosts of which one address dies, or begins to refuse, and prints what became of the
 * first two afterwards. Each is made by a client of its own.
 */
public final class Outages {
    /** A little more than what an address that has alternatives is sure to live for after it was heard from. */
    private static final long MORE_THAN_A_MINUTE_NANOS = TimeUnit.SECONDS.toNanos(62);
    private static final long MOST_SECONDS = 150;
    private static final int EXCHANGES_BEFORE = 3;

    private final Class<? extends Client> type;
    private final Path hosts;

    private Outages(Class<? extends Client> type, Path hosts) {
        this.type = type;
        this.hosts = hosts;
    }

    /** @param args the client's class, and the file of names that this JVM resolves by ({@code jdk.net.hosts.file}) */
    public static void main(String[] args) throws Exception {
        new Outages(Class.forName(args[0]).asSubclass(Client.class), Path.of(args[1])).run();
        // Some clients leave threads behind that aren't daemons, some may wait still.
        Runtime.getRuntime().halt(0);
    }

    private void run() throws Exception {
        nft("table inet outage { chain in { type filter hook input priority 0; }; chain out { type filter hook output priority 0; }; }");
        Outage rotated = Outage.ROTATED;
        exchanges(rotated, rotated.second());
        exchanges(rotated, rotated.first());
        long heard = System.nanoTime();
        for (Outage outage : List.of(Outage.DEAD, Outage.REFUSES, Outage.ONE_DEAD, Outage.ONE_REFUSES)) {
            exchanges(outage, outage.addresses());
            meet(outage);
        }
        TimeUnit.NANOSECONDS.sleep(MORE_THAN_A_MINUTE_NANOS - (System.nanoTime() - heard));
        meet(rotated);
    }

    /** While all is well. */
    private void exchanges(Outage outage, String... addresses) throws Exception {
        resolve(outage, addresses);
        for (int i = 0; i < EXCHANGES_BEFORE; i++) {
            System.out.println(outage + " before " + exchange(outage));
        }
    }

    private void meet(Outage outage) throws Exception {
        resolve(outage, outage.addresses());
        nft(outage.rule());
        System.out.println(outage + " first " + exchange(outage));
        System.out.println(outage + " second " + exchange(outage));
    }

    private void resolve(Outage outage, String... addresses) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String address : addresses) {
            lines.append(address).append(' ').append(outage.host()).append('\n');
        }
        Files.writeString(hosts, lines);
    }

    /** What it came to and after how many ms; the first exception's class where it failed. */
    private String exchange(Outage outage) throws Exception {
        Client client = type.getConstructor().newInstance();
        long start = System.nanoTime();
        CompletableFuture<String> content = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                content.complete(client.exchange(URI.create("https://" + outage.host() + ":443/")));
            } catch (Throwable e) {
                content.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        String what = outcome(content);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        new Thread(() -> close(client)).start();
        return what + " " + millis;
    }

    private static String outcome(CompletableFuture<String> content) throws InterruptedException {
        try {
            String text = content.get(MOST_SECONDS, TimeUnit.SECONDS).trim();
            return text.equals(Exchanges.CONTENT) ? "answered" : "content:" + text;
        } catch (ExecutionException e) {
            return e.getCause().getClass().getSimpleName();
        } catch (TimeoutException e) {
            return "nothing";
        }
    }

    private static void close(Client client) {
        try {
            client.close();
        } catch (IOException e) {
            // Its connection may be one that has failed.
        }
    }

    private static void nft(String commands) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder("nft", "-f", "-").redirectErrorStream(true).start();
        try (OutputStream in = nft.getOutputStream()) {
            in.write(commands.getBytes(StandardCharsets.US_ASCII));
        }
        String said = new String(nft.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (nft.waitFor() != 0) {
            throw new IOException("nft: " + said);
        }
    }
}
