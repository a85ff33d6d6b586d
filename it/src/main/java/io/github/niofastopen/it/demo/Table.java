// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import java.util.Locale;

/** How the demo shows what was measured. */
final class Table {
    private final double rttMillis;

    Table(double rttMillis) {
        this.rttMillis = rttMillis;
    }

    static String header() {
        return String.format("%-16s %12s %19s %12s %17s %22s %14s", "", "first byte", "least to most", "round trips",
            "saved", "ClientHello in the SYN", "bytes in a SYN");
    }

    String before(Measured measured) {
        return row(Way.WITHOUT, measured, "");
    }

    String after(Way way, Measured measured, Measured before) {
        double saved = before.medianMillis() - measured.medianMillis();
        return row(way, measured, String.format(Locale.ROOT, "%.1f ms (%.2f)", saved, saved / rttMillis));
    }

    private String row(Way way, Measured measured, String saved) {
        return String.format(Locale.ROOT, "  %-14s %9.1f ms %16s ms %12.2f %17s %22s %14s", way, measured.medianMillis(),
            String.format(Locale.ROOT, "%.1f to %.1f", measured.leastMillis(), measured.mostMillis()),
            measured.medianMillis() / rttMillis, saved, measured.gains() + " of " + measured.flows().size(), measured.synBytes());
    }
}
