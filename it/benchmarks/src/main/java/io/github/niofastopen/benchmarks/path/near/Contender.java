// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    static Contender of(Plan.Step step, long started) throws IOException {
        return step.isTool() ? new Tool(step, started) : new Jvm(step, started);
    }

    final Plan.Step step() {
        return step;
    }

    /** Those made so far. */
    final List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    abstract void exchange(String handshake) throws IOException, InterruptedException;

    /** Ends it; its exchanges are complete then. */
    void end() throws IOException, InterruptedException {
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

    /** A process for all exchanges. */
    private static final class Jvm extends Contender {
        private final Process process;
        private final BufferedReader answers;

        Jvm(Plan.Step step, long started) throws IOException {
            super(step, started);
            process = start();
            answers = process.inputReader(StandardCharsets.US_ASCII);
            if (!ClientProgram.READY.equals(answers.readLine())) {
                throw new IOException(step.name() + " did not get ready");
            }
        }

        @Override
        void exchange(String handshake) throws IOException {
            long begin = System.nanoTime();
            OutputStream orders = process.getOutputStream();
            orders.write((handshake + "\n").getBytes(StandardCharsets.US_ASCII));
            orders.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException(step().name() + " failed");
            }
            String[] times = answer.split(" ");
            long connect = Long.parseLong(times[0]);
            add(handshake, begin, connect, Long.parseLong(times[1]) - connect);
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
                throw new IOException(step().name() + " made " + exchanges().size() + " exchanges, and its provider tells of "
                    + events.size());
            }
            for (int i = 0; i < events.size(); i++) {
                String[] words = events.get(i).split(" ");
                complete(i, Long.parseLong(words[1]), words[2]);
            }
        }
    }

    /** A process an exchange. */
    private static final class Tool extends Contender {
        private static final double NANOS = 1e9;

        Tool(Plan.Step step, long started) {
            super(step, started);
        }

        @Override
        void exchange(String handshake) throws IOException, InterruptedException {
            long begin = System.nanoTime();
            Process process = start();
            // Left open: gnutls-cli hangs up when its input ends.
            process.getOutputStream().write(step().input().getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.getOutputStream().close();
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(Path.of(step().command().get(0)).getFileName() + " ended with status " + status + ": "
                    + output);
            }
            if (step().timed()) {
                String[] seconds = output.strip().split(" ");
                add(handshake, begin, 0, (long) ((Double.parseDouble(seconds[0]) - Double.parseDouble(seconds[1])) * NANOS));
            } else {
                add(handshake, begin, 0, 0);
            }
        }
    }
}
