// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

/** A table in Markdown. */
public final class Table {
    private final int columns;
    private final StringBuilder text = new StringBuilder();

    public Table(String... heads) {
        columns = heads.length;
        row(heads);
        text.append("|---".repeat(columns)).append("|\n");
    }

    public Table row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells in " + columns + " columns");
        }
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
