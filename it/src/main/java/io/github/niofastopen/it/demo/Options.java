// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import io.github.niofastopen.it.lab.InstalledJdk;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.jar.JarFile;

/**
 * The demo's command line.
 *
 * @param rttMillis the path's round trip in ms
 * @param capture where to keep the packets, or null
 * @param jdk the JDK for what is about post-quantum key shares, and for the user's program; null for none named
 * @param seconds how long the program may run, and is to; 0 for until it ends
 * @param client the program to run, or null for the demo's own
 */
record Options(double rttMillis, Path capture, InstalledJdk jdk, int seconds, UsersClient client) {
    private static final double DEFAULT_RTT_MILLIS = 50;
    private static final double MAX_RTT_MILLIS = 1000;
    /** As long as a program is waited for that ends by itself. */
    static final int MAX_SECONDS = 120;

    static final String HELP = String.join("\n",
        "usage: ./demo [--rtt MS] [--pcap FILE] [--jdk FOLDER]",
        "       ./demo [--rtt MS] [--pcap FILE] [--jdk FOLDER] [--for SECONDS] --client CLASS|JAR|FILE.java [ARG...]",
        "",
        "Runs unmodified HTTPS clients against an HTTPS server at the far end of an emulated path,",
        "each without this project and then with it: HttpClient by the switch, HttpsURLConnection",
        "by the agent and, where a JDK 27 or later is found, HttpClient with the post-quantum key",
        "shares that such a JDK sends. How they are started is the only difference.",
        "",
        "  --rtt MS     the path's round trip in milliseconds, 1 to 1000 (50)",
        "  --pcap FILE  keep the packets of the first run that gains there, for tcpdump or",
        "               Wireshark",
        "  --jdk        the folder of a JDK 27 or later, for the post-quantum key shares; with",
        "               --client, of the JDK that runs it",
        "  --client     run this program instead, to the end of the command line: a class (on",
        "               the CLASSPATH), a jar with a Main-Class (an executable one, too), or a",
        "               source file. It gets the server's address in place of the word URL, as in",
        "               --target=URL, or else as its last argument. It should open at least two",
        "               connections, one after the other. It is run without, by the switch, and",
        "               by the agent",
        "  --for        end the client after so many seconds, 1 to 120, each time: for a service,",
        "               which doesn't end by itself. Its connections until then count",
        "  --help       this text",
        "",
        "Exit status: 0 what should gain does, or --client's program gains in one way; 1 it",
        "doesn't; 2 bad usage; 3 no lab can be made on this machine; 4 a program failed, didn't",
        "end, or made fewer than two connections, or the demo couldn't be built.");

    /** @throws UsageException if a word can't be used; the message names it and the remedy */
    static Options parse(String... words) throws UsageException {
        double rtt = DEFAULT_RTT_MILLIS;
        Path capture = null;
        InstalledJdk jdk = null;
        int seconds = 0;
        UsersClient client = null;
        Iterator<String> rest = List.of(words).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--rtt":
                    rtt = rtt(valueOf(word, rest));
                    break;
                case "--pcap":
                    capture = capture(valueOf(word, rest));
                    break;
                case "--jdk":
                    jdk = jdk(valueOf(word, rest));
                    break;
                case "--for":
                    seconds = seconds(valueOf(word, rest));
                    break;
                case "--client":
                    client = client(valueOf(word, rest), rest);
                    break;
                default:
                    throw new UsageException("unknown word '" + word + "'; the options are --rtt, --pcap, --jdk, --for, --client and --help");
            }
        }
        if (client == null && seconds > 0) {
            throw new UsageException("--for goes with --client, and stands before it: the demo's own clients end by themselves");
        }
        if (client == null && jdk != null && !OwnClients.sendPostQuantumShares(jdk)) {
            throw new UsageException("--jdk needs the folder of a JDK 27 or later: the one in " + jdk.home() + " is a JDK " + jdk.version());
        }
        return new Options(rtt, capture, jdk, seconds, client);
    }

    private static String valueOf(String option, Iterator<String> rest) throws UsageException {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value");
        }
        return rest.next();
    }

    private static double rtt(String word) throws UsageException {
        try {
            double millis = Double.parseDouble(word);
            if (millis >= 1 && millis <= MAX_RTT_MILLIS) {
                return millis;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number out of range is.
        }
        throw new UsageException("--rtt " + word + " is not a number of milliseconds from 1 to 1000");
    }

    private static int seconds(String word) throws UsageException {
        try {
            int seconds = Integer.parseInt(word);
            if (seconds >= 1 && seconds <= MAX_SECONDS) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number out of range is.
        }
        throw new UsageException("--for " + word + " is not a whole number of seconds from 1 to " + MAX_SECONDS);
    }

    private static Path capture(String word) throws UsageException {
        Path file = Path.of(word).toAbsolutePath();
        if (Files.isDirectory(file) || !Files.isDirectory(file.getParent()) || !Files.isWritable(file.getParent())) {
            throw new UsageException("--pcap " + word + " can't be written; name a file in a folder that exists");
        }
        return file;
    }

    private static InstalledJdk jdk(String word) throws UsageException {
        return InstalledJdk.in(Path.of(word).toAbsolutePath())
            .orElseThrow(() -> new UsageException("--jdk " + word + " is not the folder of a JDK"));
    }

    private static UsersClient client(String program, Iterator<String> rest) throws UsageException {
        List<String> arguments = new ArrayList<>();
        rest.forEachRemaining(arguments::add);
        String classPath = System.getenv().getOrDefault("CLASSPATH", ".");
        if (program.endsWith(".jar")) {
            return new UsersClient(program, program, mainClassOf(program), arguments);
        }
        if (program.endsWith(".java") ? !Files.isReadable(Path.of(program)) : !isOn(classPath, program)) {
            throw new UsageException("--client " + program + " was not found; name a class on the CLASSPATH (now "
                + classPath + "), a jar or a source file");
        }
        return new UsersClient(program, classPath, program, arguments);
    }

    private static String mainClassOf(String jar) throws UsageException {
        try (JarFile file = new JarFile(jar)) {
            String main = file.getManifest() == null ? null : file.getManifest().getMainAttributes().getValue("Main-Class");
            if (main == null) {
                throw new UsageException("--client " + jar + " has no Main-Class in its manifest");
            }
            return main;
        } catch (IOException e) {
            throw new UsageException("--client " + jar + " can't be read: " + e.getMessage());
        }
    }

    private static boolean isOn(String classPath, String className) throws UsageException {
        List<URL> urls = new ArrayList<>();
        try {
            for (String entry : classPath.split(":")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            try (URLClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]), null)) {
                return loader.getResource(className.replace('.', '/') + ".class") != null;
            }
        } catch (MalformedURLException e) {
            throw new UsageException("CLASSPATH " + classPath + " can't be used: " + e.getMessage());
        } catch (IOException e) {
            return false;
        }
    }

    /** A command line that can't be used. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }
}
