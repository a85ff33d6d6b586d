// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.door.Channels;
import io.github.niofastopen.linux.NativeTcpSocket;
import io.github.niofastopen.outcome.Report;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** Makes single connections, without Fast Open or with it, one at a time. */
final class Connections {
    private static final long REPORT_TIMEOUT_SECONDS = 5;

    private final Attempts attempts;
    private final Channels channels;
    private final Tls tls;
    private final long timeoutNanos;
    private final Predicate<InetAddress> family;
    private volatile CompletableFuture<Report> nextReport = new CompletableFuture<>();

    /** @param family which addresses of a host will do */
    Connections(Attempts attempts, Channels channels, Tls tls, long timeoutNanos, Predicate<InetAddress> family) {
        this.attempts = attempts;
        this.channels = channels;
        this.tls = tls;
        this.timeoutNanos = timeoutNanos;
        this.family = family;
        attempts.reports().listen(report -> nextReport.complete(report));
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
    InetSocketAddress firstThatAnswers(Target target, SSLContext session) throws ProbeException {
        ProbeException failure = null;
        for (InetAddress address : addresses(target)) {
            InetSocketAddress remote = new InetSocketAddress(address, target.port());
            try {
                connect(target, remote, tls.engine(session, target, null), false);
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

    Sample connect(Target target, InetSocketAddress remote, SSLEngine engine, boolean fastOpen) throws ProbeException {
        String which = remote.getAddress().getHostAddress() + " port " + remote.getPort() + (fastOpen ? ", with Fast Open" : "");
        forgetFailures(remote);
        nextReport = new CompletableFuture<>();
        try (SocketChannel channel = fastOpen ? channels.openSocketChannel(channels.jdkProvider()) : channels.jdkProvider().openSocketChannel()) {
            NativeTcpSocket socket = new NativeTcpSocket(channels.descriptorOf(channel));
            Exchange exchange = new Exchange(channel, engine, target, () -> socket.info().rttMicros(), timeoutNanos);
            Timeline timeline = exchange.run(remote);
            if (!fastOpen) {
                attempts.memory().learnRtt(remote.getAddress(), timeline.rttMicros());
            }
            return new Sample(timeline, exchange.handshake(), fastOpen ? nextReport.get(REPORT_TIMEOUT_SECONDS, TimeUnit.SECONDS) : null);
        } catch (SocketTimeoutException e) {
            throw new ProbeException(ProbeException.Kind.UNREACHABLE, "no answer within "
                + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) / 1000.0 + " s (" + which + ")", e);
        } catch (SSLException | EOFException e) {
            throw new ProbeException(ProbeException.Kind.TLS, "TLS failed: " + e.getMessage() + " (" + which + ")", e);
        } catch (IOException e) {
            throw new ProbeException(ProbeException.Kind.UNREACHABLE, e.getMessage() + " (" + which + ")", e);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each connection is to try Fast Open anew: this process's memory of the path is emptied, and so is the kernel's in it. */
    private void forgetFailures(InetSocketAddress remote) {
        attempts.verdict(remote);
        attempts.memory().forgetAll();
    }
}
