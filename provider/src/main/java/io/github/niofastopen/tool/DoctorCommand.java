// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import io.github.niofastopen.tool.doctor.Doctor;
import io.github.niofastopen.tool.doctor.Finding;
import io.github.niofastopen.tool.doctor.Finding.State;
import io.github.niofastopen.tool.json.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code doctor}: this machine. */
final class DoctorCommand implements Command {
    private static final String HELP = String.join("\n",
        "usage: " + Main.PROGRAM + " doctor [-v] [--json]",
        "",
        "Tells whether TCP Fast Open can work on this machine for Java code: the kernel and its",
        "settings, the native library, the door (the way into this JDK's channels), sandboxes,",
        "a trial, and this JVM's niofastopen.* settings. For each finding that stops it, the",
        "command or setting that mends it.",
        "",
        "  -v, --verbose  also the kernel's cookies and counters, and the parts of the ClientHello",
        "  --json         the same as JSON",
        "  --help         this text",
        "",
        "To examine a JVM as your application's, give this one the same options, such as",
        "  java -Dniofastopen.native.dir=/var/tmp -jar nio-fastopen.jar doctor",
        "",
        "Exit status: 0 it can work; 1 it can't; 2 bad usage.");

    private static final List<String> OPTIONS = List.of("-v", "--verbose", "--json", "--help");
    private static final int SUBJECT_WIDTH = 16;
    private static final int STATE_WIDTH = 7;

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws UsageException {
        boolean verbose = false;
        boolean json = false;
        Words words = new Words(arguments, OPTIONS);
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "-v":
                case "--verbose":
                    verbose = true;
                    break;
                case "--json":
                    json = true;
                    break;
                default:
                    throw words.unknownOption(word);
            }
        }
        List<Finding> findings = Doctor.examine();
        long stopping = findings.stream().filter(finding -> finding.state() == State.STOPS).count();
        if (json) {
            out.println(Json.text(asMap(findings, stopping == 0)));
        } else {
            print(findings, verbose, stopping, out);
        }
        return stopping == 0 ? ExitStatus.OK : ExitStatus.NO_FAST_OPEN;
    }

    private static void print(List<Finding> findings, boolean verbose, long stopping, PrintStream out) {
        out.println(Version.line());
        out.println();
        String indent = " ".repeat(STATE_WIDTH + SUBJECT_WIDTH);
        for (Finding finding : findings) {
            String head = String.format("%-" + STATE_WIDTH + "s%-" + SUBJECT_WIDTH + "s", word(finding.state()), finding.subject());
            out.println(head + Paragraph.indented(finding.text(), indent.length()));
            finding.remedy().forEach(line -> out.println(indent + "-> " + line));
            if (verbose) {
                finding.details().forEach(line -> out.println(indent + line));
            }
        }
        out.println();
        out.println(stopping == 0 ? "TCP Fast Open can work here."
            : "TCP Fast Open can't work here: " + (stopping == 1 ? "one finding stops it." : stopping + " findings stop it."));
    }

    private static String word(State state) {
        return state == State.STOPS ? "STOPS" : state.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> asMap(List<Finding> findings, boolean works) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", Version.ofThis());
        answer.put("java", Runtime.version().toString());
        answer.put("works", works);
        answer.put("findings", findings.stream().map(DoctorCommand::asMap).toList());
        return answer;
    }

    private static Map<String, Object> asMap(Finding finding) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("subject", finding.subject());
        members.put("state", finding.state().name().toLowerCase(Locale.ROOT));
        members.put("text", finding.text());
        members.put("remedy", finding.remedy());
        members.put("details", finding.details());
        return members;
    }
}
