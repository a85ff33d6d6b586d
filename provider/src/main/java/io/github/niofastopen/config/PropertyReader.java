// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Reads properties of one prefix, and keeps a warning for each value that isn't of the form its property takes. */
final class PropertyReader {
    private static final int MAX_PORT = 0xffff;

    private final Properties properties;
    private final String prefix;
    private final List<String> warnings = new ArrayList<>();

    PropertyReader(Properties properties, String prefix) {
        this.properties = properties;
        this.prefix = prefix;
    }

    boolean flag(String name, boolean otherwise) {
        String value = text(name);
        if (value == null || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return value == null ? otherwise : Boolean.parseBoolean(value);
        }
        return unusable(name, value, "true or false", otherwise, otherwise);
    }

    <E extends Enum<E>> E choice(String name, E otherwise) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        List<String> choices = new ArrayList<>();
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            String choice = constant.name().toLowerCase(Locale.ROOT);
            if (choice.equals(value.toLowerCase(Locale.ROOT))) {
                return constant;
            }
            choices.add(choice);
        }
        return unusable(name, value, "one of " + String.join(", ", choices),
            otherwise.name().toLowerCase(Locale.ROOT), otherwise);
    }

    long number(String name, long otherwise, long least, long most) {
        String value = text(name);
        Long number = value == null ? Long.valueOf(otherwise) : numberOrNull(value);
        if (number != null && number >= least && number <= most) {
            return number;
        }
        return unusable(name, value, "a whole number from " + least + " to " + most, otherwise, otherwise);
    }

    /** A number, or a word that stands for one. */
    long numberOr(String name, Map<String, Long> words, long otherwise, long least, long most) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        Long number = words.getOrDefault(value.toLowerCase(Locale.ROOT), numberOrNull(value));
        if (number != null && (words.containsKey(value.toLowerCase(Locale.ROOT)) || number >= least && number <= most)) {
            return number;
        }
        return unusable(name, value, "a whole number from " + least + " to " + most + (words.size() == 1 ? " or " : " or one of ")
            + String.join(", ", new TreeSet<>(words.keySet())), wordFor(words, otherwise), otherwise);
    }

    /** The word that stands for a number, or its digits. */
    static String wordFor(Map<String, Long> words, long number) {
        return words.entrySet().stream().filter(word -> word.getValue() == number).map(Map.Entry::getKey)
            .findFirst().orElse(Long.toString(number));
    }

    Set<Integer> ports(String name, Set<Integer> otherwise) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        Set<Integer> ports = new HashSet<>();
        for (String word : value.isEmpty() ? new String[0] : value.split(",")) {
            Long port = numberOrNull(word.trim());
            if (port == null || port < 1 || port > MAX_PORT) {
                return unusable(name, value, "a list of ports such as 443,8443", "the default list", otherwise);
            }
            ports.add(port.intValue());
        }
        return Set.copyOf(ports);
    }

    /**
     * The entries that can be used.
     *
     * @param withoutAny what it means that there was a list, and none of its entries can
     */
    DestinationList destinations(String name, String withoutAny) {
        String value = textOrNull(name);
        if (value == null) {
            return DestinationList.EMPTY;
        }
        List<String> unusable = new ArrayList<>();
        DestinationList list = DestinationList.parse(value, unusable);
        if (!unusable.isEmpty()) {
            warnings.add(prefix + name + "=" + value + " is not a list of host names, addresses, CIDR blocks and ports such as"
                + " example.org:443,10.0.0.0/8,:8443; left out: \"" + String.join("\", \"", unusable) + "\""
                + (list.isEmpty() ? "; no entry is left: " + withoutAny : ""));
        }
        return list;
    }

    /** A text, or null if there is none or only blanks. */
    String textOrNull(String name) {
        String value = text(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private String text(String name) {
        String value = properties.getProperty(prefix + name);
        return value == null ? null : value.trim();
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private <T> T unusable(String name, String value, String expected, Object used, T otherwise) {
        warnings.add(prefix + name + "=" + value + " is not " + expected + "; " + used + " is used instead");
        return otherwise;
    }

    private static Long numberOrNull(String word) {
        try {
            return Long.valueOf(word);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
