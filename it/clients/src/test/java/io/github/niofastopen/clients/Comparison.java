// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.clients.client.Client;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The same program at the near end of one run of the lab, first with the JDK's provider, then with ours: to addresses of
 * their own, so that neither knows what the other has learned.
 */
record Comparison(LabRun lab, Pass before, Pass after) {
    static final double RTT_MILLIS = 50;
    private static final String BEFORE = "192.0.2.2";
    private static final String AFTER = "192.0.2.3";
    /** A busy machine takes long to start JVMs. */
    static final int PATIENCE_SECONDS = 180;

    /** A step of a client's, and the path that it asks for. */
    record Call(Step step, Class<? extends Client> client, String path) {
    }

    /** @param far gives the path its far end */
    /** By the switch. */
    static Comparison run(Consumer<Lab> far, InstalledJdk jdk, Certificate trusted, Consumer<JavaProgram> options, List<Call> calls)
            throws IOException {
        return run(far, jdk, trusted, JavaProgram::withSwitch, options, calls);
    }

    /** @param activation by which the second program has our provider */
    static Comparison run(Consumer<Lab> far, InstalledJdk jdk, Certificate trusted, UnaryOperator<JavaProgram> activation,
            Consumer<JavaProgram> options, List<Call> calls) throws IOException {
        Lab path = Lab.path(RTT_MILLIS).option("--wait", PATIENCE_SECONDS).option("--timeout", PATIENCE_SECONDS);
        far.accept(path);
        JavaProgram before = program(jdk, trusted, BEFORE, calls);
        JavaProgram after = activation.apply(program(jdk, trusted, AFTER, calls));
        options.accept(before);
        options.accept(after);
        LabRun run = path.nearInTurn(List.of(before, after)).run();
        assertThat(run.status()).as(run.toString()).isZero();
        return new Comparison(run, pass(run, BEFORE), pass(run, AFTER));
    }

    private static JavaProgram program(InstalledJdk jdk, Certificate trusted, String far, List<Call> calls) {
        JavaProgram program = ShortLived.program(Exchanges.class, jdk).trusting(trusted);
        for (Call call : calls) {
            Step step = call.step();
            program.arguments(far + "/" + step.name(), call.client().getName(), step.mode(), step.exchanges(),
                "https://" + far + ":" + step.port() + call.path());
        }
        return program;
    }

    private static Pass pass(LabRun run, String far) {
        List<String> lines = new ArrayList<>();
        for (String line : run.out()) {
            if (line.startsWith(far + "/")) {
                lines.add(line.substring(far.length() + 1));
            }
        }
        return new Pass(lines, run.flows().stream().filter(flow -> flow.farAddress().equals(far)).toList());
    }

    @Override
    public String toString() {
        return lab.toString();
    }
}
