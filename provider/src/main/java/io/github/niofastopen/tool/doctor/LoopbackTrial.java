// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.door.Channels;
import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One connection of the provider's to this machine itself, with a byte there and back: whether it all works together. */
final class LoopbackTrial {
    private static final String SUBJECT = "connection";
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Channels channels;
    private final CompletableFuture<Report> report = new CompletableFuture<>();

    LoopbackTrial(Attempts attempts, Channels channels) {
        this.channels = channels;
        attempts.reports().listen(report::complete);
    }

    Finding run() {
        SelectorProvider jdk = channels.jdkProvider();
        try (ServerSocketChannel server = jdk.openServerSocketChannel(); SocketChannel client = channels.openSocketChannel(jdk)) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.socket().setSoTimeout(TIMEOUT_MILLIS);
            client.socket().setSoTimeout(TIMEOUT_MILLIS);
            client.socket().connect(server.getLocalAddress(), TIMEOUT_MILLIS);
            client.socket().getOutputStream().write(1);
            echo(server);
            if (client.socket().getInputStream().read() != 1) {
                return Finding.stops(SUBJECT, "a connection to this machine itself came to its end early");
            }
            return finding(report.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS).outcome());
        } catch (IOException e) {
            return Finding.note(SUBJECT, "none to this machine itself can be made to try it all: " + e);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return Finding.stops(SUBJECT, "what became of a connection to this machine itself can't be told: " + e);
        }
    }

    private static void echo(ServerSocketChannel server) throws IOException {
        try (Socket accepted = server.socket().accept()) {
            accepted.setSoTimeout(TIMEOUT_MILLIS);
            accepted.getOutputStream().write(accepted.getInputStream().read());
        }
    }

    private static Finding finding(Outcome outcome) {
        return outcome.carriesOption()
            ? Finding.ok(SUBJECT, "one to this machine itself went well: " + outcome.inWords())
            : Finding.stops(SUBJECT, "one to this machine itself was an ordinary one: " + outcome.inWords());
    }
}
