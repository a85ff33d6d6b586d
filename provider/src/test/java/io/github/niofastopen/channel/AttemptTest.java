// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.FastOpenSelectorProvider;
import io.github.niofastopen.attempt.Deferral;
import io.github.niofastopen.attempt.FakeTcpSocket;
import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.attempt.Phase;
import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.linux.Errno;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An attempt's times. Its class is behind the door, in a loader that the tests' own classes aren't in: called by name. */
class AttemptTest {
    private static final byte[] HELLO = {22, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3};
    private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 443);
    private static final int POLLS = 10;

    @Test
    @Timeout(60)
    void aDisconnectThatASandboxRefusesIsTriedOnceAndNobodySpins() throws Exception {
        // given: a SYN that isn't answered within a millisecond
        FakeTcpSocket socket = new FakeTcpSocket().answering(Call.DISCONNECT, Errno.EPERM.asResult());
        Deferral deferral = Deferral.deferrable(socket, REMOTE, false, false, () -> { });
        Object attempt = attempt(deferral, "1");
        deferral.arm();
        deferral.held();
        call(attempt, "sendFirstFlight", new Class<?>[] {byte[].class}, HELLO);

        // when: the timer has hedged, and a thread that waits for the peer polls
        List<Call> calls = new ArrayList<>();
        do {
            calls.addAll(deferral.whileOpen(socket::takeCalls));
        } while (!calls.contains(Call.DISCONNECT));
        for (int i = 0; i < POLLS; i++) {
            call(attempt, "poll", new Class<?>[0]);
        }
        calls.addAll(deferral.whileOpen(socket::takeCalls));

        // then
        assertThat(calls).filteredOn(Call.DISCONNECT::equals).hasSize(1);
        assertThat((long) call(attempt, "nanosUntilHedge", new Class<?>[0])).isGreaterThan(TimeUnit.DAYS.toNanos(1));
        assertThat(deferral.phase()).isEqualTo(Phase.SYN_SENT);
    }

    private static Object attempt(Deferral deferral, String hedgeMillis) throws IOException, ReflectiveOperationException {
        Properties properties = new Properties();
        properties.setProperty("niofastopen.hedge", hedgeMillis);
        ClassLoader behindTheDoor;
        try (SocketChannel channel = new FastOpenSelectorProvider().openSocketChannel()) {
            behindTheDoor = channel.getClass().getClassLoader();
        }
        Class<?> channelsClass = Class.forName("io.github.niofastopen.channel.FastOpenChannels", true, behindTheDoor);
        Object channels = channelsClass.getConstructor(Configuration.class).newInstance(Configuration.from(properties));
        Constructor<?> constructor = Class.forName("io.github.niofastopen.channel.Attempt", true, behindTheDoor)
            .getDeclaredConstructor(Deferral.class, InetSocketAddress.class, boolean.class, Function.class, channelsClass);
        constructor.setAccessible(true);
        Function<Deferral, InetAddress> nowhere = which -> null;
        return constructor.newInstance(deferral, REMOTE, false, nowhere, channels);
    }

    private static Object call(Object attempt, String name, Class<?>[] types, Object... arguments)
            throws ReflectiveOperationException {
        Method method = attempt.getClass().getDeclaredMethod(name, types);
        method.setAccessible(true);
        return method.invoke(attempt, arguments);
    }
}
