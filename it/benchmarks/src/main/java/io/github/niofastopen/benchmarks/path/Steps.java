// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import io.github.niofastopen.benchmarks.path.near.ClientProgram;
import io.github.niofastopen.benchmarks.path.near.NearEnd;
import io.github.niofastopen.benchmarks.path.near.Plan;
import io.github.niofastopen.benchmarks.program.BenchmarkException;
import io.github.niofastopen.it.lab.JavaProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the contenders are started.
 *
 * @param site the server
 * @param javaHome the JDK of those that are JVMs
 * @param warmUp how many exchanges of each kind these make before
 */
record Steps(Site site, Path javaHome, int warmUp) {
    static final String SERVER = "192.0.2.2";
    static final int PORT = 443;
    /** On the loopback interface of the near end. */
    static final int WARM_UP_PORT = 8443;

    Plan.Step of(Contenders contender) throws BenchmarkException {
        if (contender.tool() == null) {
            return jvm(contender);
        }
        return contender.tool() == Tools.CURL ? curl(contender) : gnutls(contender);
    }

    private Plan.Step jvm(Contenders contender) throws BenchmarkException {
        JavaProgram program = JavaProgram.of(ClientProgram.class).on(javaHome).trusting(site.certificate())
            .arguments(contender.program().argument(), warmUp, WARM_UP_PORT, SERVER, PORT);
        contender.way().prepare(program);
        return new Plan.Step(contender.name(), program.command(), null, false, contender.mayFail(),
            List.of(NearEnd.FULL, NearEnd.RESUMED));
    }

    private Plan.Step curl(Contenders contender) {
        return new Plan.Step(contender.name(), command(contender, "--silent", "--show-error", "--fail", "--http1.1", "--cacert",
            site.server().certificate().toString(), "--output", "/dev/null", "--write-out", "%{time_starttransfer} %{time_namelookup}",
            "https://" + SERVER + ":" + PORT + "/"), "", true, false, List.of(NearEnd.FULL));
    }

    /** It sends a line a record: a request of one line, so that none waits for the acknowledgment of another. */
    private Plan.Step gnutls(Contenders contender) {
        return new Plan.Step(contender.name(), command(contender, "--x509cafile", site.server().certificate().toString(), "--port",
            Integer.toString(PORT), SERVER), "GET /\n", false, false, List.of(NearEnd.FULL));
    }

    private static List<String> command(Contenders contender, String... words) {
        List<String> command = new ArrayList<>(List.of(contender.tool().path().orElseThrow().toString()));
        command.addAll(contender.options());
        command.addAll(List.of(words));
        return command;
    }
}
