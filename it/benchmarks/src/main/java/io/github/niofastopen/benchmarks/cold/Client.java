// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold;

import io.github.niofastopen.benchmarks.cold.program.HttpClientGet;
import io.github.niofastopen.benchmarks.cold.program.UrlGet;
import io.github.niofastopen.benchmarks.program.BenchmarkException;
import io.github.niofastopen.benchmarks.program.Jvm;
import java.util.List;

/** A client of the JDK's, and how it is given Fast Open. */
enum Client {
    HTTP_CLIENT("HttpClient, by the switch", HttpClientGet.class) {
        @Override
        List<String> switchedOn(Jvm jvm) {
            return jvm.switchedOn();
        }
    },
    URL_CONNECTION("HttpsURLConnection, by the agent", UrlGet.class) {
        @Override
        List<String> switchedOn(Jvm jvm) throws BenchmarkException {
            String agent = "-javaagent:" + Jvm.providerJar();
            return jvm.switchedOn().size() > 1 ? List.of(agent, jvm.switchedOn().get(1)) : List.of(agent);
        }
    };

    private final String words;
    private final Class<?> program;

    Client(String words, Class<?> program) {
        this.words = words;
        this.program = program;
    }

    /** What is added to a command line. */
    abstract List<String> switchedOn(Jvm jvm) throws BenchmarkException;

    Class<?> program() {
        return program;
    }

    @Override
    public String toString() {
        return words;
    }
}
