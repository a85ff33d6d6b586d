// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import io.github.niofastopen.door.JdkDoor;
import io.github.niofastopen.linux.NativeLibrary;
import io.github.niofastopen.monitor.Log;
import java.net.SocketImpl;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.UnaryOperator;

/**
 * What the JDK's sockets have what they use made by, once an agent has changed {@link java.net.Socket}. Everything begins with the
 * first socket. Whatever fails, the JDK's own is used.
 */
final class BlockingSockets implements UnaryOperator<SocketImpl> {
    private static volatile boolean ours;

    private volatile UnaryOperator<SocketImpl> sockets;

    private BlockingSockets() {
    }

    /**
     * Has {@link java.net.Socket} changed.
     *
     * @throws NativeLibrary.UnavailableException if it is as it was
     * @throws JdkDoor.ClosedException if it is as it was
     */
    static void begin() throws NativeLibrary.UnavailableException, JdkDoor.ClosedException {
        NativeLibrary.loadOnce(folder());
        JdkDoor.openSockets(new BlockingSockets());
        ours = true;
    }

    /** As the configuration has it, which a JVM that opens no connection needn't read: none where there are only blanks. */
    private static Path folder() {
        String name = System.getProperty("niofastopen.native.dir", "").trim();
        return name.isEmpty() ? null : Path.of(name);
    }

    /** Whether {@link java.net.Socket} has been changed. */
    static boolean areOurs() {
        return ours;
    }

    @Override
    public SocketImpl apply(SocketImpl jdk) {
        UnaryOperator<SocketImpl> known = sockets;
        if (known == null) {
            if (Thread.holdsLock(Startup.class)) {
                // What begins may use a socket itself.
                return jdk;
            }
            known = begun();
            sockets = known;
        }
        return known.apply(jdk);
    }

    /** What makes implementations from now on. */
    private static UnaryOperator<SocketImpl> begun() {
        try {
            return PrivilegedSockets.begun();
        } catch (NoClassDefFoundError e) {
            return begunNow();
        }
    }

    static UnaryOperator<SocketImpl> begunNow() {
        try {
            Startup startup = FastOpenSelectorProvider.begin();
            startup.reportOnce();
            UnaryOperator<SocketImpl> made = startup.makeSockets();
            return made == null ? new OfTheJdk() : made;
        } catch (JdkDoor.ClosedException | RuntimeException | LinkageError | ServiceConfigurationError e) {
            Log.warn(List.of("TCP Fast Open is off for java.net.Socket, whose connections are the JDK's own: " + e));
            return new OfTheJdk();
        }
    }

    private static final class OfTheJdk implements UnaryOperator<SocketImpl> {
        @Override
        public SocketImpl apply(SocketImpl jdk) {
            return jdk;
        }
    }
}
