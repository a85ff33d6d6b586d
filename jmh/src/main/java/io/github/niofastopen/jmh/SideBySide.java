// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One operation, measured with the JDK's provider and with this one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public abstract class SideBySide {

    /** With the JDK's provider. */
    @Benchmark
    @Fork(value = 3, jvmArgsAppend = {Provider.ON_LOOPBACK, Provider.DEFER_ALL})
    public long jdk() throws Exception {
        return operate();
    }

    /** With this provider. */
    @Benchmark
    @Fork(value = 3, jvmArgsAppend = {Provider.ON_LOOPBACK, Provider.DEFER_ALL, Provider.SWITCH,
        Provider.NATIVE_ACCESS})
    public long fastOpen() throws Exception {
        return operate();
    }

    /** The operation; what it returns keeps it from being optimized away. */
    protected abstract long operate() throws Exception;
}
