// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.monitor;

import io.github.niofastopen.linux.Privileged;
import io.github.niofastopen.outcome.Report;
import java.net.InetSocketAddress;
import java.security.PrivilegedAction;
import java.util.function.Consumer;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A connection, from the beginning of connect until the peer was heard from, in a flight recording. */
@Name("io.github.niofastopen.Connect")
@Label("TCP Fast Open Connect")
@Category({"Java Application", "TCP Fast Open"})
@Description("A connect of a SocketChannel or a Socket, and what became of TCP Fast Open in it")
@StackTrace(false)
final class ConnectEvent extends Event implements Consumer<Report>, PrivilegedAction<Void> {
    @Label("Remote Host")
    String host;

    @Label("Remote Address")
    String address;

    @Label("Remote Port")
    int port;

    @Label("Outcome")
    String outcome;

    @Label("Reason")
    @Description("The outcome in words")
    String reason;

    @Label("Bytes Offered")
    @Description("Length of the first flight")
    @DataAmount
    int bytesOffered;

    @Label("Bytes Accepted")
    @Description("How much of it the peer took from the SYN")
    @DataAmount
    int bytesAccepted;

    @Label("Deferral")
    @Description("How long the SYN was held back for the first write")
    @Timespan(Timespan.NANOSECONDS)
    long deferral;

    @Label("Time to Peer")
    @Description("From the beginning of connect until the peer was heard from")
    @Timespan(Timespan.NANOSECONDS)
    long timeToPeer;

    @Label("Round-Trip Time")
    @Timespan(Timespan.MICROSECONDS)
    long roundTripTime;

    @Label("Connecting Thread")
    Thread connectingThread;

    /** The event of a connect that begins now, or what takes its place while no recording wants it. */
    static Consumer<Report> begunOr(Consumer<Report> nothing) {
        ConnectEvent event = new ConnectEvent();
        if (!event.isEnabled()) {
            return nothing;
        }
        event.connectingThread = Thread.currentThread();
        event.begin();
        return event;
    }

    @Override
    public void accept(Report report) {
        end();
        if (shouldCommit()) {
            InetSocketAddress remote = report.remote();
            host = remote.getHostString();
            address = remote.getAddress().getHostAddress();
            port = remote.getPort();
            outcome = report.outcome().name();
            reason = report.outcome().inWords();
            bytesOffered = report.offeredBytes();
            bytesAccepted = report.acceptedBytes();
            deferral = report.heldNanos();
            timeToPeer = report.peerNanos();
            roundTripTime = report.rttMicros();
            Privileged.get(this);
        }
    }

    /** Commits it, for which the recorder's classes may have to be loaded, to which a security manager bars the way. */
    @Override
    public Void run() {
        commit();
        return null;
    }
}
