// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.door.Channels;
import io.github.niofastopen.door.JdkDoor;
import io.github.niofastopen.door.JdkProvider;
import io.github.niofastopen.linux.NativeLibrary;
import io.github.niofastopen.linux.OwnClasses;
import io.github.niofastopen.monitor.Log;
import io.github.niofastopen.monitor.Monitor;
import java.net.SocketImpl;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Decides at start-up who makes the socket channels: this provider, or the JDK's where something is missing. What there
 * is to say about it is kept until the first channel is opened, since logging may not begin inside the JDK's initialiser.
 */
final class Startup {
    // -- Protected by the class's monitor

    private static Startup ofThisJvm;
    private static String besides;

    private final Configuration configuration;
    private final Attempts attempts;
    private final Channels channels;
    private final JdkDoor door;
    private final SelectorProvider jdkProvider;
    private final List<String> warnings;
    private final AtomicBoolean reported = new AtomicBoolean();

    private Startup(Configuration configuration, Attempts attempts, JdkDoor door, Channels channels, SelectorProvider jdkProvider,
            List<String> warnings) {
        this.configuration = configuration;
        this.attempts = attempts;
        this.door = door;
        this.channels = channels;
        this.jdkProvider = jdkProvider;
        this.warnings = warnings;
    }

    /** The start-up that all providers of this class loader share: the door opens once, and what is learned serves all. */
    static synchronized Startup once() {
        if (ofThisJvm == null) {
            ofThisJvm = begin();
        }
        return ofThisJvm;
    }

    private static Startup begin() {
        try {
            return begin(System.getProperties());
        } catch (SecurityException e) {
            throw new ServiceConfigurationError("a security manager refuses nio-fastopen what it needs (" + e.getMessage()
                + "); grant the jar java.security.AllPermission, or start the JVM without "
                + "-Djava.nio.channels.spi.SelectorProvider", e);
        }
    }

    /** Adds a warning to those of the start-up that is to come. */
    static synchronized void warnBesides(String warning) {
        besides = warning;
    }

    private static Startup begin(Properties properties) {
        Configuration configuration = Configuration.from(properties);
        List<String> warnings = new ArrayList<>(configuration.warnings());
        if (besides != null) {
            warnings.add(besides);
        }
        boolean libraryLoaded = false;
        String whyNot = null;
        try {
            if (configuration.enabled()) {
                NativeLibrary.loadOnce(folder(configuration));
                libraryLoaded = true;
                OwnClasses.defineForStart();
                NativeLibrary.checkSystemCalls();
                Attempts attempts = new Attempts(configuration);
                JdkDoor door = new JdkDoor();
                Channels channels = door.openChannels(attempts);
                attempts.beforeFirst(new BeforeFirstTry(JdkDoor.predictsKeyShares(configuration) ? new KeyShares(door, attempts) : null));
                return new Startup(configuration, attempts, door, channels, channels.jdkProvider(), warnings);
            }
        } catch (NativeLibrary.UnavailableException | JdkDoor.ClosedException | InvalidPathException e) {
            whyNot = e.getMessage();
        } catch (RuntimeException | LinkageError e) {
            // Whatever is amiss here must not cost the application its channels.
            whyNot = e.toString();
        }
        if (whyNot != null) {
            warnings.add("TCP Fast Open is off, connections are the JDK's own: " + whyNot);
        }
        return new Startup(configuration, null, null, null, jdkProviderAlone(configuration, libraryLoaded, whyNot), warnings);
    }

    private static Path folder(Configuration configuration) {
        return configuration.nativeDir() == null ? null : Path.of(configuration.nativeDir());
    }

    private static SelectorProvider jdkProviderAlone(Configuration configuration, boolean libraryLoaded, String whyNot) {
        SelectorProvider jdk = JdkProvider.ifExported();
        if (jdk == null && (libraryLoaded || !configuration.enabled() && loads(configuration))) {
            jdk = JdkProvider.throughNative();
        }
        if (jdk == null) {
            jdk = JdkProvider.throughUnsafe();
        }
        if (jdk == null) {
            throw new ServiceConfigurationError("nio-fastopen can't reach the JDK's own selector provider"
                + (whyNot == null ? "" : " (" + whyNot + ")")
                + "; start the JVM with --add-exports=java.base/sun.nio.ch=ALL-UNNAMED, or without"
                + " -Djava.nio.channels.spi.SelectorProvider");
        }
        return jdk;
    }

    private static boolean loads(Configuration configuration) {
        try {
            NativeLibrary.load(folder(configuration));
            return true;
        } catch (NativeLibrary.UnavailableException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** Whether socket channels are this provider's. */
    boolean isActive() {
        return channels != null;
    }

    Channels channels() {
        return channels;
    }

    /**
     * What makes the implementations of sockets from now on, of the JDK's; null if they are those.
     *
     * @throws JdkDoor.ClosedException if this JDK lacks something that they need
     */
    UnaryOperator<SocketImpl> makeSockets() throws JdkDoor.ClosedException {
        return isActive() ? door.makeSockets(attempts) : null;
    }

    SelectorProvider jdkProvider() {
        return jdkProvider;
    }

    Configuration configuration() {
        return configuration;
    }

    /** Logs what there is to say, and begins to show what becomes of connections, the first time it is called. */
    void reportOnce() {
        if (!reported.get() && reported.compareAndSet(false, true)) {
            if (isActive()) {
                Monitor.attach(version(), attempts);
            }
            if (!warnings.isEmpty()) {
                Log.warn(warnings);
            }
        }
    }

    private static String version() {
        Module own = Startup.class.getModule();
        String version = own.isNamed() ? own.getDescriptor().rawVersion().orElse(null)
            : Startup.class.getPackage().getImplementationVersion();
        return version == null ? "(from classes)" : version;
    }
}
