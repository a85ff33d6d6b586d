// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A contender that is one process for all of its exchanges: a {@link ClientProgram}. */
final class Jvm extends Contender {
    private static final int MOST_SECONDS = 30;
    private static final int MOST_SECONDS_OF_WARM_UP = 180;

    private Process process;
    private BufferedReader answers;

    Jvm(Plan.Step step, long started) {
        super(step, started);
    }

    @Override
    void begin() throws IOException {
        process = start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        String answer = answer("warming up", MOST_SECONDS_OF_WARM_UP);
        if (!ClientProgram.READY.equals(answer)) {
            throw new IOException("warming up, it said: " + answer);
        }
    }

    @Override
    void exchange(String handshake) throws IOException {
        String doing = "exchange " + (exchanges().size() + 1) + " over the path (" + handshake + ")";
        long begin = System.nanoTime();
        order(handshake);
        String[] times = answer(doing, MOST_SECONDS).split(" ");
        long connect = Long.parseLong(times[0]);
        add(handshake, begin, connect, Long.parseLong(times[1]) - connect);
    }

    /** What has ended is noticed when no answer comes. */
    private void order(String handshake) {
        try {
            OutputStream orders = process.getOutputStream();
            orders.write((handshake + "\n").getBytes(StandardCharsets.US_ASCII));
            orders.flush();
        } catch (IOException e) {
            System.err.println(step().name() + " takes no orders: " + e.getMessage());
        }
    }

    /** A line that it prints in time. Otherwise it is ended, and so is its output. */
    private String answer(String doing, int mostSeconds) throws IOException {
        CompletableFuture<Void> deadline = new CompletableFuture<>();
        deadline.completeOnTimeout(null, mostSeconds, TimeUnit.SECONDS).thenRun(process::destroyForcibly);
        String answer = answers.readLine();
        if (!deadline.cancel(false)) {
            throw new IOException(doing + ": nothing within " + mostSeconds + " s");
        }
        if (answer == null || answer.startsWith(ClientProgram.FAILED)) {
            throw new IOException(doing + ": " + (answer == null ? "it ended" : answer.substring(ClientProgram.FAILED.length())));
        }
        return answer;
    }

    @Override
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        List<String> events = answers.lines().filter(line -> line.startsWith(ClientProgram.EVENT)).toList();
        process.waitFor();
        if (events.isEmpty()) {
            return;
        }
        if (events.size() != exchanges().size()) {
            throw new IOException("it made " + exchanges().size() + " exchanges, and its provider tells of " + events.size());
        }
        for (int i = 0; i < events.size(); i++) {
            String[] words = events.get(i).split(" ");
            complete(i, Long.parseLong(words[1]), words[2]);
        }
    }

    @Override
    void abandon() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
