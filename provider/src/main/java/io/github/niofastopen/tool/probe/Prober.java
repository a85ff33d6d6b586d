// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.door.Channels;
import io.github.niofastopen.door.JdkDoor;
import io.github.niofastopen.linux.NativeLibrary;
import io.github.niofastopen.linux.NativeTcpSocket;
import io.github.niofastopen.linux.TcpMetrics;
import io.github.niofastopen.linux.TcpMetricsTable;
import io.github.niofastopen.outcome.Report;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/** Makes connections to servers without and with Fast Open, by turns and one at a time, through channels of its own. */
public final class Prober {
    /** The space that TCP's options may take (net/ipv4/tcp_output.c, tcp_send_syn_data: MAX_TCP_OPTION_SPACE). */
    private static final int OPTION_BYTES = 40;
    private static final long REPORT_TIMEOUT_SECONDS = 5;

    private final Attempts attempts;
    private final Channels channels;
    private final Tls tls;
    private final int count;
    private final long timeoutNanos;
    private final Predicate<InetAddress> family;
    private volatile CompletableFuture<Report> nextReport = new CompletableFuture<>();

    /**
     * @param attempts those of the channels
     * @param count how many connections of each kind are measured
     * @param family which addresses of a host will do
     */
    public Prober(Attempts attempts, Channels channels, Tls tls, int count, long timeoutNanos, Predicate<InetAddress> family) {
        this.attempts = attempts;
        this.channels = channels;
        this.tls = tls;
        this.count = count;
        this.timeoutNanos = timeoutNanos;
        this.family = family;
        attempts.reports().listen(report -> nextReport.complete(report));
    }

    /**
     * Attempts that defer every connection.
     *
     * @param properties those of this JVM: where the native library is to be copied to, and what a hedge is
     */
    public static Attempts attempts(Properties properties) {
        Properties own = new Properties();
        own.setProperty("niofastopen.native.dir", properties.getProperty("niofastopen.native.dir", ""));
        own.setProperty("niofastopen.hedge", properties.getProperty("niofastopen.hedge", "auto"));
        own.setProperty("niofastopen.defer", "always");
        own.setProperty("niofastopen.loopback", "true");
        return new Attempts(Configuration.from(own));
    }

    /**
     * Opens the door for channels that make such attempts.
     *
     * @throws NativeLibrary.UnavailableException if Fast Open isn't possible here
     * @throws JdkDoor.ClosedException the same
     */
    public static Channels openChannels(Attempts attempts) throws NativeLibrary.UnavailableException, JdkDoor.ClosedException {
        Configuration configuration = attempts.configuration();
        NativeLibrary.load(configuration.nativeDir() == null ? null : Path.of(configuration.nativeDir()));
        NativeLibrary.checkSystemCalls();
        return JdkDoor.open(attempts);
    }

    /** @param progress told of each connection that is made, from 0 to {@link #connections} */
    public Measurement probe(Target target, Consumer<Integer> progress) throws ProbeException {
        List<InetAddress> addresses = addresses(target);
        progress.accept(0);
        InetSocketAddress remote = firstThatAnswers(target, addresses);
        boolean cookieWasKnown = metrics(remote).map(TcpMetrics::hasCookie).orElse(false);
        // The first connections of either kind fetch the cookie, and make a cold JVM warm: they aren't measured.
        int made = 1;
        progress.accept(made);
        connect(target, remote, true);
        progress.accept(++made);
        List<Sample> ordinary = new ArrayList<>();
        List<Sample> fastOpen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ordinary.add(connect(target, remote, false));
            progress.accept(++made);
            fastOpen.add(connect(target, remote, true));
            progress.accept(++made);
        }
        return measurement(target, remote, ordinary, fastOpen, cookieWasKnown);
    }

    /** How many connections a probe makes. */
    public int connections() {
        return 2 + 2 * count;
    }

    private Measurement measurement(Target target, InetSocketAddress remote, List<Sample> ordinary, List<Sample> fastOpen,
            boolean cookieWasKnown) {
        int cookieBytes = -1;
        int synBytes = 0;
        try {
            TcpMetrics metrics = TcpMetricsTable.of(remote.getAddress()).orElse(null);
            cookieBytes = metrics == null ? 0 : metrics.cookie().length() / 2;
            synBytes = metrics == null || metrics.mss() == 0 ? 0 : metrics.mss() - OPTION_BYTES;
        } catch (IOException e) {
            // A sandbox without netlink: what became of the connections has to do.
        }
        return new Measurement(target, remote, ordinary, fastOpen, cookieBytes, cookieWasKnown, synBytes);
    }

    private static Optional<TcpMetrics> metrics(InetSocketAddress remote) {
        try {
            return TcpMetricsTable.of(remote.getAddress());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<InetAddress> addresses(Target target) throws ProbeException {
        try {
            List<InetAddress> fitting = List.of(InetAddress.getAllByName(target.host())).stream().filter(family).toList();
            if (fitting.isEmpty()) {
                throw new ProbeException(ProbeException.Kind.UNREACHABLE, "no address of that family is known of " + target.host(), null);
            }
            return fitting;
        } catch (UnknownHostException e) {
            throw new ProbeException(ProbeException.Kind.UNREACHABLE, "no address is known of " + target.host(), e);
        }
    }

    /** As other clients do, goes on to a host's next address where one doesn't answer. */
    private InetSocketAddress firstThatAnswers(Target target, List<InetAddress> addresses) throws ProbeException {
        ProbeException failure = null;
        for (InetAddress address : addresses) {
            InetSocketAddress remote = new InetSocketAddress(address, target.port());
            try {
                connect(target, remote, false);
                return remote;
            } catch (ProbeException e) {
                if (e.kind() != ProbeException.Kind.UNREACHABLE) {
                    throw e;
                }
                failure = failure == null ? e : failure;
            }
        }
        throw failure;
    }

    private Sample connect(Target target, InetSocketAddress remote, boolean fastOpen) throws ProbeException {
        String which = remote.getAddress().getHostAddress() + " port " + remote.getPort() + (fastOpen ? ", with Fast Open" : "");
        forgetFailures(remote);
        nextReport = new CompletableFuture<>();
        try (SocketChannel channel = fastOpen ? channels.openSocketChannel(channels.jdkProvider()) : channels.jdkProvider().openSocketChannel()) {
            NativeTcpSocket socket = new NativeTcpSocket(channels.descriptorOf(channel));
            Timeline timeline = new Exchange(channel, tls.engine(target), target, () -> socket.info().rttMicros(), timeoutNanos).run(remote);
            if (!fastOpen) {
                attempts.memory().learnRtt(remote.getAddress(), timeline.rttMicros());
            }
            return new Sample(timeline, fastOpen ? nextReport.get(REPORT_TIMEOUT_SECONDS, TimeUnit.SECONDS) : null);
        } catch (SocketTimeoutException e) {
            throw new ProbeException(ProbeException.Kind.UNREACHABLE, "no answer within "
                + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) / 1000.0 + " s (" + which + ")", e);
        } catch (SSLException | EOFException e) {
            throw new ProbeException(ProbeException.Kind.TLS, "TLS failed: " + e.getMessage() + " (" + which + ")", e);
        } catch (IOException e) {
            throw new ProbeException(ProbeException.Kind.UNREACHABLE, e.getMessage() + " (" + which + ")", e);
        } catch (GeneralSecurityException | InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each connection is to try Fast Open anew: this process's memory of the path is emptied, and so is the kernel's in it. */
    private void forgetFailures(InetSocketAddress remote) {
        attempts.verdict(remote);
        attempts.memory().forgetAll();
    }
}
