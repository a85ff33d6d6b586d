// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code java -jar nio-fastopen.jar} runs. */
public final class Main {
    static final String PROGRAM = "java -jar nio-fastopen.jar";
    private static final String HELP = String.join("\n",
        "usage: " + PROGRAM + " doctor [OPTION...]",
        "       " + PROGRAM + " probe [OPTION...] SERVER...",
        "       " + PROGRAM + " --help | --version",
        "",
        "TCP Fast Open for Java code that doesn't know about it.",
        "",
        "  doctor     tells whether TCP Fast Open can work on this machine, and what stops it",
        "  probe      tells whether a server takes a TLS ClientHello from the SYN, and what",
        "             that saves",
        "  --help     this text; doctor --help and probe --help tell of the commands",
        "  --version  the versions of nio-fastopen, Java and Linux",
        "",
        "An application gains if it is started with",
        "  -javaagent:nio-fastopen.jar",
        "or, for NIO channels alone, with the jar on its class path and",
        "  -Djava.nio.channels.spi.SelectorProvider=io.github.niofastopen.FastOpenSelectorProvider");

    private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("doctor", new DoctorCommand());
        COMMANDS.put("probe", new ProbeCommand());
    }

    private Main() {
    }

    public static void main(String[] words) {
        // An environment's JAVA_TOOL_OPTIONS may have the switch, for applications: the commands open the door themselves.
        System.clearProperty("java.nio.channels.spi.SelectorProvider");
        int status = run(List.of(words), System.out, System.err);
        System.out.flush();
        System.exit(status);
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        if (words.isEmpty()) {
            err.println(HELP);
            return ExitStatus.USAGE;
        }
        String first = words.get(0);
        List<String> rest = words.subList(1, words.size());
        if (Set.of("--help", "-h", "help").contains(first)) {
            out.println(rest.isEmpty() || !COMMANDS.containsKey(rest.get(0)) ? HELP : COMMANDS.get(rest.get(0)).help());
            return ExitStatus.OK;
        }
        if (Set.of("--version", "-V", "version").contains(first)) {
            out.println(Version.line());
            return ExitStatus.OK;
        }
        return run(first, rest, out, err);
    }

    private static int run(String name, List<String> words, PrintStream out, PrintStream err) {
        Command command = COMMANDS.get(name);
        try {
            if (command == null) {
                List<String> known = new ArrayList<>(COMMANDS.keySet());
                known.addAll(List.of("--help", "--version"));
                throw Words.unknown("command", name, known);
            }
            if (words.contains("--help") || words.contains("-h")) {
                out.println(command.help());
                return ExitStatus.OK;
            }
            return command.run(words, out, err);
        } catch (UsageException e) {
            err.println("nio-fastopen" + (command == null ? "" : " " + name) + ": " + e.getMessage());
            err.println("Try '" + PROGRAM + (command == null ? "" : " " + name) + " --help'.");
            return ExitStatus.USAGE;
        }
    }
}
