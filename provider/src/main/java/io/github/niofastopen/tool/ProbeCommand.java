// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.door.JdkDoor;
import io.github.niofastopen.linux.NativeLibrary;
import io.github.niofastopen.tool.json.Json;
import io.github.niofastopen.tool.probe.HandshakePlot;
import io.github.niofastopen.tool.probe.Measurement;
import io.github.niofastopen.tool.probe.ProbeException;
import io.github.niofastopen.tool.probe.Prober;
import io.github.niofastopen.tool.probe.Target;
import io.github.niofastopen.tool.probe.Tls;
import io.github.niofastopen.tool.probe.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code probe}: servers. */
final class ProbeCommand implements Command {
    private static final String HELP = String.join("\n",
        "usage: " + Main.PROGRAM + " probe [OPTION...] SERVER...",
        "",
        "Makes TLS connections to a server without and with TCP Fast Open, by turns, and tells",
        "what became of the ClientHello in the SYN and what that saved. Where this JVM sends a",
        "post-quantum key share, other key shares are tried too: what they would save, and what",
        "becomes of post-quantum secrecy. A SERVER is",
        "https://HOST[:PORT]/PATH, which is asked for its head too, or HOST[:PORT], with port 443",
        "if none is given.",
        "",
        "  -f FILE              more servers, one a line; - is standard input",
        "  -n COUNT             connections of each kind, 1 to 1000 (" + ProbeOptions.DEFAULT_COUNT + "), besides the first two",
        "  --timeout SECONDS    for each connection, 0.1 to 600 (" + (int) ProbeOptions.DEFAULT_TIMEOUT_SECONDS + ")",
        "  -4, -6               use IPv4 or IPv6 addresses alone",
        "  --insecure           don't verify the server's certificate",
        "  --json               print JSON",
        "  --plot FILE          draw the two handshakes to scale, as SVG (with one SERVER)",
        "  --help               this text",
        "",
        "Times are medians. The tool sends no data but a ClientHello in a SYN.",
        "",
        "Exit status: 0 the server took the ClientHello from the SYN; 1 it didn't; 2 bad usage;",
        "3 Fast Open isn't possible on this machine (see doctor); 4 the server couldn't be",
        "reached; 5 TLS failed; 6 a file couldn't be read or written. Of several servers', the",
        "highest.");

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws UsageException {
        try {
            ProbeOptions options = ProbeOptions.parse(arguments);
            Tls tls = options.insecure() ? Tls.insecure() : Tls.verifying();
            Attempts attempts = Prober.attempts(System.getProperties());
            return new Run(options, new Prober(attempts, Prober.openChannels(attempts), tls, options.count(), options.timeoutNanos(),
                options.family()), out, err).run();
        } catch (ProbeOptions.FileException e) {
            complain(err, e.getMessage());
            return ExitStatus.FILE;
        } catch (NativeLibrary.UnavailableException | JdkDoor.ClosedException e) {
            complain(err, e.getMessage());
            err.println("Try '" + Main.PROGRAM + " doctor'.");
            return ExitStatus.NOT_HERE;
        } catch (GeneralSecurityException e) {
            complain(err, "this JVM's trusted certificates (javax.net.ssl.trustStore, .trustStorePassword): " + e.getMessage()
                + "; --insecure probes without");
            return ExitStatus.TLS;
        }
    }

    private static void complain(PrintStream err, String message) {
        err.println("nio-fastopen probe: " + message);
    }

    /** The work itself. */
    private static final class Run {
        private final ProbeOptions options;
        private final Prober prober;
        private final PrintStream out;
        private final PrintStream err;
        private final List<Measurement> measured = new ArrayList<>();
        private final List<Map<String, Object>> answers = new ArrayList<>();
        private int status = ExitStatus.OK;

        Run(ProbeOptions options, Prober prober, PrintStream out, PrintStream err) {
            this.options = options;
            this.prober = prober;
            this.out = out;
            this.err = err;
        }

        int run() {
            for (Target target : options.targets()) {
                probe(target);
            }
            if (options.json()) {
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("version", Version.ofThis());
                answer.put("java", Runtime.version().toString());
                answer.put("servers", answers);
                out.println(Json.text(answer));
            } else if (options.targets().size() > 1 && !measured.isEmpty()) {
                out.println();
                ProbeReport.printSummary(measured, out);
            }
            if (options.plot() != null && !measured.isEmpty()) {
                draw(measured.get(0), options.plot());
            }
            return status;
        }

        private void probe(Target target) {
            Progress progress = new Progress(err);
            try {
                Measurement one = prober.probe(target, (made, all) -> progress.show(target.text() + ": " + made + " of " + all + " connections"));
                progress.erase();
                take(one);
            } catch (ProbeException e) {
                progress.erase();
                complain(err, target.text() + ": " + e.getMessage() + remedy(e));
                answers.add(ProbeReport.asMap(target, e.getMessage()));
                worsen(e.kind() == ProbeException.Kind.TLS ? ExitStatus.TLS : ExitStatus.UNREACHABLE);
            }
        }

        private String remedy(ProbeException e) {
            boolean certificate = e.kind() == ProbeException.Kind.TLS && !options.insecure() && e.getMessage().contains("ertificat");
            return certificate ? "; --insecure probes all the same" : "";
        }

        private void take(Measurement one) {
            if (!options.json()) {
                if (!measured.isEmpty()) {
                    out.println();
                }
                ProbeReport.print(one, out);
            }
            measured.add(one);
            answers.add(ProbeReport.asMap(one));
            if (one.verdict() != Verdict.ACCEPTED) {
                worsen(one.verdict() == Verdict.NOT_TRIED ? ExitStatus.NOT_HERE : ExitStatus.NO_FAST_OPEN);
            }
        }

        private void draw(Measurement one, Path file) {
            try {
                Files.writeString(file, HandshakePlot.svg(one));
            } catch (IOException e) {
                complain(err, "can't write " + file + ": " + e);
                worsen(ExitStatus.FILE);
            }
        }

        private void worsen(int other) {
            status = Math.max(status, other);
        }
    }
}
