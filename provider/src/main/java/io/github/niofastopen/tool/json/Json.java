// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.json;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Values as JSON text (RFC 8259): maps, lists, strings, numbers, booleans and null, one member a line. */
public final class Json {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private Json() {
    }

    /** @throws IllegalArgumentException if a value is of none of these types */
    public static String text(Object value) {
        Json json = new Json();
        json.append(value, "\n");
        return json.text.toString();
    }

    /** @param newline a line's end and the next one's indent, at this depth */
    private void append(Object value, String newline) {
        if (value instanceof Map) {
            appendAll('{', ((Map<?, ?>) value).entrySet().iterator(), '}', newline);
        } else if (value instanceof List) {
            appendAll('[', ((List<?>) value).iterator(), ']', newline);
        } else if (value instanceof Map.Entry) {
            Map.Entry<?, ?> member = (Map.Entry<?, ?>) value;
            appendString((String) member.getKey());
            text.append(": ");
            append(member.getValue(), newline);
        } else if (value instanceof String) {
            appendString((String) value);
        } else if (value instanceof Number && !Double.isFinite(((Number) value).doubleValue())) {
            throw new IllegalArgumentException(value + " is no number in JSON");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            throw new IllegalArgumentException(value.getClass() + " has no form in JSON");
        }
    }

    private void appendAll(char first, Iterator<?> members, char last, String newline) {
        text.append(first);
        boolean empty = !members.hasNext();
        while (members.hasNext()) {
            text.append(newline).append(INDENT);
            append(members.next(), newline + INDENT);
            if (members.hasNext()) {
                text.append(',');
            }
        }
        if (!empty) {
            text.append(newline);
        }
        text.append(last);
    }

    private void appendString(String string) {
        text.append('"');
        for (char unit : string.toCharArray()) {
            if (unit == '"' || unit == '\\') {
                text.append('\\').append(unit);
            } else if (unit < ' ' || unit > '~') {
                // Also what the terminal's encoding may lack, and halves of a pair that is broken.
                text.append(String.format("\\u%04x", (int) unit));
            } else {
                text.append(unit);
            }
        }
        text.append('"');
    }
}
