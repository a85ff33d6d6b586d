// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

/** Text for a terminal. */
final class Paragraph {
    private static final int WIDTH = 100;

    private Paragraph() {
    }

    /** Breaks text between words; the lines after the first begin with so many spaces. */
    static String indented(String text, int indent) {
        StringBuilder lines = new StringBuilder();
        int column = indent;
        for (String word : text.split(" ")) {
            if (column > indent && column + 1 + word.length() > WIDTH) {
                lines.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (column > indent) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }
}
