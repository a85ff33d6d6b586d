// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.monitor;

import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the event of a flight recording costs a connect, from its beginning to its end, while a recording runs and while none does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ConnectEventCost {

    @Param({"false", "true"})
    public boolean recording;

    private final FlightRecordings recordings = new FlightRecordings();
    private Recording running;
    private Report report;

    @Setup(Level.Trial)
    public void begin() throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress("example.org", new byte[] {(byte) 192, 0, 2, 2});
        report = new Report(new InetSocketAddress(address, 443), Outcome.ACCEPTED, 300, 300, 900_000, 52_400_000, 50_300);
        if (recording) {
            running = new Recording();
            running.setMaxSize(1 << 24);
            running.start();
        }
    }

    @TearDown(Level.Trial)
    public void end() {
        if (running != null) {
            running.close();
        }
    }

    @Benchmark
    public Consumer<Report> connect() {
        Consumer<Report> event = recordings.get();
        event.accept(report);
        return event;
    }
}
