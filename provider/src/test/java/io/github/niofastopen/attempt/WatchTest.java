// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.attempt.Watch.Progress;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpInfo.ClientFail;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel tells of a connection, of whose ClientHello 300 bytes were acknowledged with the SYN. */
class WatchTest {
    private static final int BY_THE_SYN = 301;
    private static final int ESTABLISHED = 1;
    private static final int CLOSED = 7;

    private final Watch watch = Watch.of(info(ESTABLISHED, BY_THE_SYN, false, false, 0));

    private static TcpInfo info(int state, int acknowledged, boolean received, boolean unacknowledged, int resent) {
        return TcpInfo.of(state, true, ClientFail.UNSPECIFIED, resent, 50_000).afterPassing(acknowledged, received, unacknowledged);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
        SILENT    > HEARD PROVEN LOST DOUBTFUL UNDECIDED
        HEARD     > PROVEN LOST DOUBTFUL UNDECIDED
        PROVEN    > ''
        LOST      > ''
        DOUBTFUL  > ''
        UNDECIDED > ''
        """)
    void itGoesOnlyForward(Progress progress, String next) {
        Set<String> allowed = Stream.of(Progress.values()).filter(progress::mayBecome).map(Enum::name).collect(Collectors.toSet());

        assertThat(allowed).isEqualTo(Stream.of(next.split(" ")).filter(name -> !name.isEmpty()).collect(Collectors.toSet()));
        assertThat(progress.isOpen()).isEqualTo(!next.isEmpty());
    }

    /** As it was measured: what each path, and each server, makes of a connection. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        healthy, two flights                | 1 | 501 | true  | false | 0 | PROVEN
        healthy, with some loss             | 1 | 501 | true  | true  | 9 | PROVEN
        the client's segments lost          | 1 | 301 | true  | true  | 5 | LOST
        all of the client's, nothing heard  | 1 | 301 | false | true  | 4 | LOST
        perhaps by chance                   | 1 | 301 | true  | true  | 3 | HEARD
        resent, and acknowledged since      | 1 | 301 | true  | false | 5 | HEARD
        nothing sent after the first flight | 1 | 301 | true  | false | 0 | HEARD
        the server's lost, or it is slow    | 1 | 301 | false | false | 0 | SILENT
        acknowledged, but nothing heard     | 1 | 501 | false | false | 0 | SILENT
        an error of TCP_INFO                | 7 | 0   | false | false | 0 | SILENT
        """)
    void aLookTellsHowFarItHasCome(String what, int state, int acknowledged, boolean received, boolean unacknowledged, int resent,
            Progress expected) {
        assertThat(watch.look(info(state, acknowledged, received, unacknowledged, resent))).isEqualTo(expected);
        assertThat(watch.progress()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, hadTime {6}")
    @CsvSource(delimiter = '|', textBlock = """
        reset before anything arrived       | 7 | 301 | false | false | 0 | false | DOUBTFUL
        reset after the first answer        | 7 | 301 | true  | false | 0 | false | DOUBTFUL
        silent for long                     | 1 | 301 | false | false | 0 | true  | DOUBTFUL
        given up at once                    | 1 | 301 | false | false | 0 | false | UNDECIDED
        closed after the first answer       | 1 | 301 | true  | false | 0 | true  | UNDECIDED
        the server's end came first         | 8 | 301 | true  | false | 0 | true  | UNDECIDED
        something may be lost               | 1 | 301 | true  | true  | 1 | true  | DOUBTFUL
        an alert is on its way              | 1 | 301 | true  | true  | 0 | true  | UNDECIDED
        lost for certain                    | 1 | 301 | true  | true  | 5 | true  | LOST
        come through                        | 7 | 501 | true  | false | 0 | true  | PROVEN
        """)
    void theEndTellsWhetherItMayHaveBeenLost(String what, int state, int acknowledged, boolean received, boolean unacknowledged,
            int resent, boolean hadTime, Progress expected) {
        Progress progress = watch.end(info(state, acknowledged, received, unacknowledged, resent), hadTime);

        assertThat(progress).isEqualTo(expected);
        assertThat(watch.isOpen()).isFalse();
    }

    @Test
    void whatWasSentAgainWithTheSynDoesNotCount() {
        Watch afterCut = Watch.of(info(ESTABLISHED, 1, false, false, 1));

        Progress progress = afterCut.look(info(ESTABLISHED, 1, true, true, Watch.CERTAINLY_LOST));

        assertThat(progress).isEqualTo(Progress.HEARD);
        assertThat(afterCut.resent()).isEqualTo(Watch.CERTAINLY_LOST - 1);
    }

    @Test
    void anOrdinaryConnectionProvesItselfByWhatFollowsItsFirstAnswer() {
        Watch ordinary = Watch.ofOrdinary();

        Progress afterTheHello = ordinary.look(info(ESTABLISHED, BY_THE_SYN, true, false, 0));
        Progress afterTheNext = ordinary.look(info(ESTABLISHED, BY_THE_SYN + 200, true, false, 0));

        assertThat(afterTheHello).isEqualTo(Progress.HEARD);
        assertThat(afterTheNext).isEqualTo(Progress.PROVEN);
    }

    @Test
    void whatIsKnownStays() {
        watch.look(info(ESTABLISHED, 501, true, false, 0));

        watch.end(info(CLOSED, 501, true, true, 9), true);
        watch.end();

        assertThat(watch.progress()).isEqualTo(Progress.PROVEN);
    }
}
