// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import io.github.niofastopen.tool.probe.Target;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The command line of {@code probe}.
 *
 * @param count connections of each kind
 * @param timeoutNanos for each connection
 * @param family which addresses will do
 * @param plot where to draw, or null
 */
record ProbeOptions(List<Target> targets, int count, long timeoutNanos, Predicate<InetAddress> family, boolean json, boolean insecure,
        Path plot) {
    static final List<String> OPTIONS =
        List.of("-f", "-n", "--timeout", "-4", "-6", "--insecure", "--json", "--plot", "--help");

    static final int DEFAULT_COUNT = 5;
    private static final int MAX_COUNT = 1000;
    static final double DEFAULT_TIMEOUT_SECONDS = 10;
    private static final double LEAST_TIMEOUT_SECONDS = 0.1;
    private static final double MAX_TIMEOUT_SECONDS = 600;

    /** A file of the command line's that can't be read. */
    static final class FileException extends Exception {
        private static final long serialVersionUID = 1L;

        FileException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static ProbeOptions parse(List<String> arguments) throws UsageException, FileException {
        List<Target> targets = new ArrayList<>();
        int count = DEFAULT_COUNT;
        double timeout = DEFAULT_TIMEOUT_SECONDS;
        String family = null;
        boolean json = false;
        boolean insecure = false;
        Path plot = null;
        boolean options = true;
        Words words = new Words(arguments, OPTIONS);
        while (words.hasNext()) {
            String word = words.next();
            switch (options ? word : "") {
                case "-f":
                    targets.addAll(targetsIn(words.valueOf(word)));
                    break;
                case "-n":
                    count = words.wholeNumberOf(word, 1, MAX_COUNT);
                    break;
                case "--timeout":
                    timeout = words.numberOf(word, "a number of seconds", LEAST_TIMEOUT_SECONDS, MAX_TIMEOUT_SECONDS);
                    break;
                case "-4":
                case "-6":
                    family = onlyOne(family, word);
                    break;
                case "--json":
                    json = true;
                    break;
                case "--insecure":
                    insecure = true;
                    break;
                case "--plot":
                    plot = path(word, words.valueOf(word));
                    break;
                case "--":
                    options = false;
                    break;
                default:
                    if (options && word.startsWith("-")) {
                        throw words.unknownOption(word);
                    }
                    targets.add(target(word));
            }
        }
        check(targets, plot);
        return new ProbeOptions(targets, count, (long) (timeout * TimeUnit.SECONDS.toNanos(1)), family(family), json, insecure, plot);
    }

    private static void check(List<Target> targets, Path plot) throws UsageException {
        if (targets.isEmpty()) {
            throw new UsageException("no server was named, such as https://example.org/ or example.org:993");
        }
        if (plot != null && targets.size() > 1) {
            throw new UsageException("--plot draws one server, and " + targets.size() + " were named");
        }
    }

    private static String onlyOne(String before, String word) throws UsageException {
        if (before != null && !before.equals(word)) {
            throw new UsageException("-4 and -6 exclude each other");
        }
        return word;
    }

    private static Predicate<InetAddress> family(String option) {
        return option == null ? address -> true : option.equals("-4") ? Inet4Address.class::isInstance : Inet6Address.class::isInstance;
    }

    private static Path path(String option, String word) throws UsageException {
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new UsageException(option + " " + word + " is no file name: " + e.getReason());
        }
    }

    /** A server a line; what follows a # is a comment. */
    private static List<Target> targetsIn(String file) throws UsageException, FileException {
        List<Target> targets = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String word = line.replaceFirst("(^|\\s)#.*", "").strip();
            if (!word.isEmpty()) {
                try {
                    targets.add(Target.parse(word));
                } catch (IllegalArgumentException e) {
                    throw new UsageException(file + ", line " + number + ": " + e.getMessage());
                }
            }
        }
        return targets;
    }

    private static List<String> lines(String file) throws UsageException, FileException {
        try {
            byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(path("-f", file));
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new FileException("can't read " + file + ": " + e, e);
        }
    }

    private static Target target(String word) throws UsageException {
        try {
            return Target.parse(word);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
