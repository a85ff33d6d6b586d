// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import io.github.niofastopen.benchmarks.program.BenchmarkException;
import io.github.niofastopen.benchmarks.program.Jvm;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;

/** By what the connections of a JVM are made. */
enum Way {
    PROVIDER("the JDK's provider"),
    SOCKETS("the JDK's sockets"),
    OWN("its own Fast Open"),
    SWITCH("nio-fastopen") {
        @Override
        void prepare(JavaProgram program) {
            program.withSwitch();
            warmUpAlike(program);
        }
    },
    AGENT("nio-fastopen by the agent") {
        @Override
        void prepare(JavaProgram program) throws BenchmarkException {
            program.withAgent(Jvm.providerJar());
            warmUpAlike(program);
        }
    },
    NO_DELAY("nio-fastopen by the agent, noDelay=handshake") {
        @Override
        void prepare(JavaProgram program) throws BenchmarkException {
            AGENT.prepare(program);
            program.property("niofastopen.noDelay", "handshake");
        }
    },
    PRELOADED("the option preloaded") {
        @Override
        void prepare(JavaProgram program) {
            program.startedBy("env", "LD_PRELOAD=" + Lab.fastOpenLibrary());
        }
    };

    private final String words;

    Way(String words) {
        this.words = words;
    }

    /** Adds what it takes to a command line. */
    void prepare(JavaProgram program) throws BenchmarkException {
    }

    /** So that the warm-up takes the same way through the provider as what is measured. */
    private static void warmUpAlike(JavaProgram program) {
        program.property("niofastopen.loopback", true);
    }

    boolean isOurs() {
        return this == SWITCH || this == AGENT || this == NO_DELAY;
    }

    boolean isTheJdks() {
        return this == PROVIDER || this == SOCKETS;
    }

    @Override
    public String toString() {
        return words;
    }
}
