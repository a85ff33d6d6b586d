// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The words of a command line that follow the command, read one by one. {@code --name=value} is read as two. */
final class Words {
    private final Deque<String> rest;
    private final List<String> options;

    /** @param options all that the command knows */
    Words(List<String> words, List<String> options) {
        rest = new ArrayDeque<>(words);
        this.options = options;
    }

    boolean hasNext() {
        return !rest.isEmpty();
    }

    String next() {
        String word = rest.remove();
        int equals = word.indexOf('=');
        if (word.startsWith("--") && equals > 0) {
            rest.addFirst(word.substring(equals + 1));
            return word.substring(0, equals);
        }
        return word;
    }

    /** The word that an option needs after it. */
    String valueOf(String option) throws UsageException {
        if (rest.isEmpty()) {
            throw new UsageException(option + " needs a value");
        }
        return rest.remove();
    }

    int wholeNumberOf(String option, int least, int most) throws UsageException {
        double number = numberOf(option, "a whole number", least, most);
        if (number != Math.rint(number)) {
            throw outOfRange(option, Double.toString(number), "a whole number", least, most);
        }
        return (int) number;
    }

    double numberOf(String option, String what, double least, double most) throws UsageException {
        String word = valueOf(option);
        try {
            double number = Double.parseDouble(word);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number out of range is.
        }
        throw outOfRange(option, word, what, least, most);
    }

    private static UsageException outOfRange(String option, String word, String what, double least, double most) {
        return new UsageException(option + " " + word + " is not " + what + " from " + plain(least) + " to " + plain(most));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    UsageException unknownOption(String word) {
        return unknown("option", word, options);
    }

    static UsageException unknown(String kind, String word, Collection<String> known) {
        Optional<String> nearest = Nearest.to(word, known);
        return new UsageException("unknown " + kind + " '" + word + "'; "
            + nearest.map(guess -> "did you mean '" + guess + "'?").orElse("known are " + String.join(", ", known)));
    }
}
