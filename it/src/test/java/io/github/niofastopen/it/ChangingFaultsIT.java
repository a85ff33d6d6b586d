// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.ChangingPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lab's path may change in the middle of a run. */
@LabTest
class ChangingFaultsIT {
    private static final List<String> TALK = Lab.raw("talk", Path50.FAR, Path50.TLS_PORT, "wait=3000", "plain");
    /** Two messages, sent back. */
    private static final long ALL_BYTES = 600;

    @Test
    void aProgramAtOneEndMakesTheOtherDeadAndAliveAgain() throws IOException {
        // when
        LabRun run = Path50.run(path().near(JavaProgram.of(ChangingPath.class)
            .arguments("dead", "", "--").arguments(TALK.toArray())));

        // then
        assertThat(run.out()).as(run.toString())
            .containsExactly("plain answered answered", "plain silent -", "plain answered answered");
        assertThat(run.flows()).extracting(Flow::isAnswered).containsExactly(true, false, true);
    }

    @Test
    void oneSetOfFaultsTakesThePlaceOfAnother() throws IOException {
        // when: of these the client meets the second only
        LabRun run = Path50.run(path("drop-syn-data").near(JavaProgram.of(ChangingPath.class)
            .arguments("dead-after=0", "drop-syn-data drop-syn-option", "--").arguments(TALK.toArray())));

        // then
        assertThat(run.out()).as(run.toString())
            .containsExactly("plain answered answered", "plain silent -", "plain answered answered");
    }

    @Test
    void whoRunsTheLabChangesItsPath() throws IOException {
        // given: a client that goes on until nobody answers
        Lab lab = path();
        lab.near(List.of("sh", "-c", "echo begun >&2; while " + String.join(" ", TALK) + " | grep 'answered answered'; do :; done"));

        // when
        LabRun run = Path50.run(lab.watchedBy(line -> {
            if (line.equals("begun")) {
                become(lab, "dead");
            }
        }));

        // then: it may have been in the middle of a connection
        List<Long> bytes = run.flows().stream().map(Flow::farBytes).toList();
        assertThat(bytes.get(bytes.size() - 1)).as(run.toString()).isLessThan(ALL_BYTES);
        assertThat(bytes.subList(0, bytes.size() - 1)).as(run.toString()).containsOnly(ALL_BYTES);
    }

    @Test
    void aSynproxyTakesNoDataFromSyns() throws IOException {
        Lab.unavailable("synproxy").ifPresent(reason -> abort("no synproxy here: " + reason));

        // when: the first connection fetches a cookie, the proxy is there for the third, and gone for the fourth
        LabRun run = Path50.run(path().near(JavaProgram.of(ChangingPath.class)
            .arguments("", "synproxy", "", "--").arguments(Lab.raw("talk", Path50.FAR, Path50.TLS_PORT, "fast").toArray())));

        // then
        assertThat(run.out()).as(run.toString()).hasSize(4).containsOnly("fast answered answered");
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("asked", "sent", "sent", "sent");
        assertThat(run.flows()).extracting(Flow::synDataWasAcknowledged).containsExactly(false, true, false, true);
    }

    @Test
    void aFaultThatDoesNotExistEndsTheLab() throws IOException {
        // when
        LabRun run = path("no-such-fault").near(TALK).run();

        // then
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).singleElement().asString().contains("'no-such-fault': no such fault");
    }

    private static Lab path(String... faults) {
        return Lab.path(0).changingFaults(faults).far(Lab.raw("serve", Path50.TLS_PORT));
    }

    private static void become(Lab lab, String fault) {
        try {
            lab.faults().become(fault);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
