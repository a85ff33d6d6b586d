// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.destinations.FirstBytes;
import io.github.niofastopen.destinations.OwnAddresses;
import io.github.niofastopen.destinations.Verdict;
import io.github.niofastopen.linux.NativeLibrary;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpInfo.ClientFail;
import io.github.niofastopen.outcome.Report;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Attempts over a socket and an endpoint that do as they are told, of a JVM whose settings each test may choose. */
abstract class AttemptFixture {
    static final byte[] HELLO = {22, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3};
    static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 443);
    static final TcpInfo ACCEPTED = TcpInfo.of(1, true, ClientFail.UNSPECIFIED, 0, FakeTcpSocket.RTT_MICROS);

    final FakeTcpSocket socket = new FakeTcpSocket();
    final FakeEndpoint endpoint = new FakeEndpoint();
    final Properties properties = new Properties();
    final List<Report> reports = new CopyOnWriteArrayList<>();
    private Attempts attempts;

    /** What is said of an error is the C library's. */
    @BeforeAll
    static void loadLibrary() throws NativeLibrary.UnavailableException {
        NativeLibrary.load(null);
    }

    AttemptFixture() {
        properties.setProperty("niofastopen.loopback", "true");
        properties.setProperty("niofastopen.hedge", "off");
        properties.setProperty("niofastopen.window", "60000");
        endpoint.stored = new InetSocketAddress(local(), 40_000);
    }

    final Attempts attempts() {
        if (attempts == null) {
            attempts = new Attempts(Configuration.from(properties));
            attempts.reports().listen(reports::add);
            prove();
        }
        return attempts;
    }

    /** The path to the peer bears all of a connection, unless a test says otherwise. */
    private void prove() {
        attempts.memory().prove(local(), REMOTE);
    }

    /** From where a connection to the peer would leave this machine. */
    static InetAddress local() {
        InetAddress local = new OwnAddresses(System::nanoTime).towards(REMOTE.getAddress());
        return local == null ? FakeEndpoint.LOCAL.getAddress() : local;
    }

    /** One whose connect(2) is still to come. */
    final Attempt begun() {
        Attempt attempt = new Attempt(attempts(), endpoint, socket, REMOTE, Verdict.TRY);
        endpoint.attempt = attempt;
        return attempt;
    }

    @AfterEach
    void nothingThatWaitsOrCallsOutDoesSoUnderAMonitor() {
        assertThat(endpoint.calledUnderAMonitor).isEmpty();
    }

    /** One whose SYN is held back. */
    final Attempt held() {
        Attempt attempt = begun();
        attempt.arm();
        attempt.heldUnlessAnswered();
        attempt.endConnect(true);
        socket.takeCalls();
        return attempt;
    }

    /** One whose ClientHello has left in the SYN. */
    final Attempt sent() {
        Attempt attempt = held();
        attempt.began(FirstBytes.CLIENT_HELLO);
        attempt.sendFirstFlight(HELLO);
        socket.takeCalls();
        socket.takeSent();
        return attempt;
    }
}
