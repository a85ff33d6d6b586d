// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The document as an earlier run wrote it: its lines stand for what this run doesn't try. */
final class FormerReport {
    private final String text;

    private FormerReport(String text) {
        this.text = text;
    }

    static FormerReport read(Path document) throws IOException {
        return new FormerReport(Files.exists(document) ? Files.readString(document) : "");
    }

    /** The line of a table that begins with a cell, or nothing. */
    String line(String headings, String firstCell) {
        return rows(headings).stream().filter(line -> line.startsWith("| " + firstCell + " | ")).map(line -> line + "\n")
            .findFirst().orElse("");
    }

    /** All lines of a table. */
    String table(String headings) {
        return String.join("", rows(headings).stream().map(line -> line + "\n").toList());
    }

    /** The lines after a table's headings and the line below these. */
    private List<String> rows(String headings) {
        int begin = text.indexOf(headings);
        return begin < 0 ? List.of()
            : text.substring(begin).lines().skip(2).takeWhile(line -> line.startsWith("|")).toList();
    }
}
