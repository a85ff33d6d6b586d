// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.door.Channels;
import io.github.niofastopen.door.JdkDoor;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.NativeLibrary;
import io.github.niofastopen.linux.NativeTcpSocket;
import io.github.niofastopen.linux.TcpMetrics;
import io.github.niofastopen.linux.TcpMetricsTable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;

/** What the provider itself finds, step by step as it starts; the first step that fails is the last. */
final class ProviderFindings {
    private static final String INTERNALS = "sun.nio.ch";
    private static final int WARNS_OF_NATIVE_ACCESS = 24;
    private static final String WITHOUT_COPY = " (deleted)";

    private final SystemFiles files;
    private final boolean sysctlOff;
    private final List<Finding> findings = new ArrayList<>();

    /** @param sysctlOff whether it is known already that the sysctl stops Fast Open */
    ProviderFindings(SystemFiles files, boolean sysctlOff) {
        this.files = files;
        this.sysctlOff = sysctlOff;
    }

    /** @param properties those of this JVM: where the native library is to be copied to */
    List<Finding> all(Properties properties) {
        Configuration configuration = forTrial(properties);
        boolean flag = Object.class.getModule().isOpen(INTERNALS, JdkDoor.class.getModule());
        try {
            NativeLibrary.load(configuration.nativeDir() == null ? null : Path.of(configuration.nativeDir()));
            findings.add(Finding.ok("native library", "for " + System.getProperty("os.arch") + ", loaded from " + libraryFile()));
            cookies();
            NativeLibrary.checkSystemCalls();
            Attempts attempts = new Attempts(configuration);
            Channels channels = JdkDoor.open(attempts);
            findings.add(door(key(flag, channels)));
            if (areCallsAllowed(channels)) {
                findings.add(new LoopbackTrial(attempts, channels).run());
            }
        } catch (NativeLibrary.UnavailableException e) {
            findings.add(stops(findings.isEmpty() ? "native library" : "system calls", e.getMessage()));
        } catch (InvalidPathException e) {
            findings.add(stops("native library", e.getMessage()));
        } catch (JdkDoor.ClosedException e) {
            findings.add(Finding.stops("door", e.getMessage()));
        }
        return findings;
    }

    private static Configuration forTrial(Properties properties) {
        Properties trial = new Properties();
        trial.setProperty("niofastopen.native.dir", properties.getProperty("niofastopen.native.dir", ""));
        trial.setProperty("niofastopen.defer", "always");
        trial.setProperty("niofastopen.firstWrite", "any");
        trial.setProperty("niofastopen.loopback", "true");
        return Configuration.from(trial);
    }

    /** The provider's own messages end with what helps. */
    private static Finding stops(String subject, String message) {
        int end = message.lastIndexOf("; ");
        return end < 0 ? Finding.stops(subject, message)
            : Finding.stops(subject, message.substring(0, end), message.substring(end + 2));
    }

    private String libraryFile() {
        String path = files.text("proc/self/maps").orElse("").lines().filter(line -> line.contains("/libniofastopen.so"))
            .map(line -> line.substring(line.indexOf('/'))).findFirst().orElse("a file that /proc/self/maps doesn't tell");
        return path.endsWith(WITHOUT_COPY)
            ? path.substring(0, path.length() - WITHOUT_COPY.length()) + ", a copy that is deleted already" : path;
    }

    /** JEP 472: from Java 24 on, System.load warns where native access isn't enabled; the commands' jar enables its own. */
    private static Finding door(String key) {
        Finding finding = Finding.ok("door", "into the channels of Java " + Runtime.version() + ", opened by " + key);
        return Runtime.version().feature() < WARNS_OF_NATIVE_ACCESS ? finding : finding.withRemedy(
            "java --enable-native-access=ALL-UNNAMED ...   (silences the JVM's warning in applications)");
    }

    private static String key(boolean flag, Channels channels) {
        if (!Object.class.getModule().isOpen(INTERNALS, channels.getClass().getModule())) {
            return "the native library";
        }
        return flag ? "the flag --add-opens" : "an agent";
    }

    /** Tries the calls that a sandbox may refuse one by one, as {@link NativeLibrary#checkSystemCalls} does the first two. */
    private boolean areCallsAllowed(Channels channels) {
        int data = new NativeTcpSocket(-1).send(new byte[1], 0, 1);
        if (!Errno.EBADF.is(data)) {
            findings.add(Finding.stops("system calls", "a sandbox refuses sendto(2) of data: " + Errno.describe(data),
                "allow it in the seccomp profile"));
            return false;
        }
        try (SocketChannel channel = channels.jdkProvider().openSocketChannel()) {
            int option = new NativeTcpSocket(channels.descriptorOf(channel)).setFastOpenConnect(true);
            findings.add(ofOption(option));
            return option >= 0;
        } catch (IOException e) {
            findings.add(Finding.note("system calls", "can't be tried, since no socket can be opened: " + e));
            return false;
        }
    }

    private Finding ofOption(int result) {
        String call = "setsockopt(2) of TCP_FASTOPEN_CONNECT";
        if (result >= 0) {
            return Finding.ok("system calls", "none that Fast Open needs is refused");
        }
        String refused = "the kernel refuses " + call + ": " + Errno.describe(result);
        if (Errno.EOPNOTSUPP.is(result) && sysctlOff) {
            return Finding.note("system calls", "none but " + call + " is refused, which is by the sysctl");
        }
        if (Errno.EOPNOTSUPP.is(result)) {
            return Finding.stops("system calls", refused, "add the value 1 to the sysctl net.ipv4.tcp_fastopen");
        }
        if (Errno.EPERM.is(result) || Errno.EACCES.is(result) || Errno.ENOSYS.is(result)) {
            return Finding.stops("system calls", "a sandbox refuses " + call + ": " + Errno.describe(result),
                "allow it in the seccomp profile (docker run --security-opt seccomp=PROFILE.json ...)");
        }
        return Finding.stops("system calls", refused, "Linux 4.11 or later has it; gVisor has none in any version");
    }

    private void cookies() {
        try {
            List<TcpMetrics> known = TcpMetricsTable.all().stream().filter(TcpMetrics::hasCookie)
                .sorted(Comparator.comparing(metrics -> metrics.destination().getHostAddress())).toList();
            findings.add(Finding.ok("cookies", "the kernel has " + (known.isEmpty() ? "none yet; the first connection to a server fetches one"
                    : known.size() == 1 ? "one for 1 destination" : "one for " + known.size() + " destinations"))
                .withDetails(known.stream().map(ProviderFindings::line).toList()));
        } catch (IOException e) {
            findings.add(Finding.note("cookies", "which destinations the kernel has one for can't be read: " + e.getMessage()));
        }
    }

    private static String line(TcpMetrics metrics) {
        return metrics.destination().getHostAddress() + " from " + metrics.source().getHostAddress() + ": cookie of "
            + metrics.cookie().length() / 2 + " bytes, MSS " + metrics.mss()
            + (metrics.rttMicros() == 0 ? "" : ", round trip " + metrics.rttMicros() / 1000 + " ms")
            + (metrics.synDrops() == 0 ? "" : ", " + metrics.synDrops() + " SYNs lost in a row, the last "
                + metrics.sinceSynDropMillis() / 1000 + " s ago");
    }
}
