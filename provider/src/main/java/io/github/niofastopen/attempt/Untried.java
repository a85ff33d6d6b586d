// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import io.github.niofastopen.outcome.Reports;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A connect that is left to the JDK, of which nothing is to be learned. */
public final class Untried {
    private final Reports reports;
    private final Consumer<Report> recording;
    private final InetSocketAddress remote;
    private final Outcome outcome;

    Untried(Reports reports, InetSocketAddress remote, Outcome outcome) {
        this.reports = reports;
        this.recording = reports.begin();
        this.remote = remote;
        this.outcome = outcome;
    }

    /** The connect is over, well or not. */
    public void end() {
        reports.ended(recording, Report.untried(remote, outcome));
    }
}
