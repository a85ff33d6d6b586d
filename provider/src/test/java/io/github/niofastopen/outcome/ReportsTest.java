// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Report REPORT = Report.untried(new InetSocketAddress("192.0.2.1", 443), Outcome.LEFT_ALONE);

    private final Reports reports = new Reports();

    @Test
    void aRecorderThatFailsIsAskedOnceAndCostsNoConnect() {
        // given
        AtomicInteger asked = new AtomicInteger();
        reports.recordBy(() -> {
            asked.incrementAndGet();
            throw new NoClassDefFoundError("the jar is gone");
        });

        // when
        reports.ended(reports.begin(), REPORT);
        reports.ended(reports.begin(), REPORT);

        // then
        assertThat(asked).hasValue(1);
        assertThat(reports.counts()).containsEntry(Outcome.LEFT_ALONE, 2L);
    }

    @Test
    void aListenerThatFailsCostsNoConnectEither() {
        reports.listen(report -> {
            throw new IllegalStateException();
        });

        reports.ended(reports.begin(), REPORT);

        assertThat(reports.counts()).containsEntry(Outcome.LEFT_ALONE, 1L);
    }
}
