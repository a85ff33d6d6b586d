// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects as many channels as each argument says, and tells as JSON on standard output what that took. Runs beside a
 * {@link ScaleServer} of its own.
 */
public final class ScaleClient {
    private static final int LOOPS = 2;
    private static final int WARM_UP_ROUNDS = 10;
    private static final int WARM_UP_CHANNELS = 1000;
    private static final int SECONDS_UNTIL_A_WORD = 10;
    private static final String TIMER = "nio-fastopen-deferral";

    private final ObjectNode result = new ObjectMapper().createObjectNode();
    private final ExecutorService threads = Executors.newFixedThreadPool(LOOPS, ScaleClient::daemon);
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threadBean = ManagementFactory.getThreadMXBean();

    private ScaleClient() {
    }

    /** Arguments: the server's command line up to {@code --}; then for each size the channels and rounds, as in {@code 1000x5}. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        int end = words.indexOf("--");
        Process server = new ProcessBuilder(words.subList(0, end)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            if (server.getInputStream().read() < 0) {
                throw new IOException("the server hasn't started");
            }
            System.out.println(new ScaleClient().tell(words.subList(end + 1, words.size())));
        } finally {
            server.destroy();
        }
    }

    /** Where one loop fails, the other waits for its server in vain: the program ends all the same. */
    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    private ObjectNode tell(List<String> sizes) throws Exception {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            round(WARM_UP_CHANNELS, new ObjectMapper().createObjectNode());
        }
        for (String size : sizes) {
            int channels = Integer.parseInt(size.substring(0, size.indexOf('x')));
            ObjectNode one = result.withArray("sizes").addObject().put("channels", channels);
            int rounds = Integer.parseInt(size.substring(size.indexOf('x') + 1));
            System.err.println("scale: " + channels + " channels, " + rounds + " rounds (and one that counts waits for locks)");
            for (int i = 0; i < rounds; i++) {
                round(channels, one);
            }
            try (Contention contention = new Contention()) {
                round(channels, new ObjectMapper().createObjectNode());
                Contention.Waits waits = contention.waits();
                one.put("lockWaits", waits.count()).put("lockWaitMillis", waits.millis());
            }
        }
        threads.shutdown();
        return result;
    }

    private void round(int channels, ObjectNode figures) throws Exception {
        List<EventLoop> loops = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new EventLoop(i * (channels / LOOPS), channels / LOOPS));
        }
        long heap = heapInUse();
        long resident = residentKilobytes();
        long timer = timerNanos();
        long accepted = synsWithDataAccepted();
        timed("connect", loops, EventLoop::connect, figures);
        figures.withArray("heapConnected").add(heapInUse() - heap);
        timed("exchange", loops, EventLoop::exchange, figures);
        figures.withArray("timerNanos").add(timerNanos() - timer);
        figures.withArray("synsWithDataAccepted").add(synsWithDataAccepted() - accepted);
        figures.withArray("heapEstablished").add(heapInUse() - heap);
        figures.withArray("residentKilobytes").add(residentKilobytes() - resident);
        timed("close", loops, EventLoop::close, figures);
    }

    private void timed(String phase, List<EventLoop> loops, Action action, ObjectNode figures) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (EventLoop loop : loops) {
            tasks.add(() -> {
                action.of(loop);
                return null;
            });
        }
        long processor = process.getProcessCpuTime();
        long begin = System.nanoTime();
        List<Future<Void>> results = tasks.stream().map(threads::submit).toList();
        for (Future<Void> done : results) {
            await(done, phase, loops, begin);
        }
        figures.withArray(phase + "Nanos").add(System.nanoTime() - begin);
        figures.withArray(phase + "ProcessorNanos").add(process.getProcessCpuTime() - processor);
    }

    /** Says now and then how far it is: on a slow machine a phase of many channels takes minutes. */
    private static void await(Future<Void> done, String phase, List<EventLoop> loops, long begin)
            throws InterruptedException, ExecutionException {
        while (true) {
            try {
                done.get(SECONDS_UNTIL_A_WORD, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                System.err.println("scale: " + phase + ", after " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s "
                    + loops.stream().mapToInt(EventLoop::begun).sum() + " channels begun, "
                    + loops.stream().mapToInt(EventLoop::finished).sum() + " done");
            }
        }
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", ""))).sum();
    }

    /** Of this namespace (net/ipv4/proc.c): a line with names, then one with numbers. */
    private static long synsWithDataAccepted() throws IOException {
        List<String[]> lines = Files.readAllLines(Path.of("/proc/self/net/netstat")).stream().filter(line -> line.startsWith("TcpExt:"))
            .map(line -> line.split(" ")).toList();
        return Long.parseLong(lines.get(1)[List.of(lines.get(0)).indexOf("TCPFastOpenActive")]);
    }

    private long timerNanos() {
        long nanos = 0;
        for (ThreadInfo thread : threadBean.getThreadInfo(threadBean.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals(TIMER)) {
                nanos += threadBean.getThreadCpuTime(thread.getThreadId());
            }
        }
        return nanos;
    }

    private interface Action {
        void of(EventLoop loop) throws IOException;
    }
}
