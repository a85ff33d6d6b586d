// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.destinations.Rooms;
import io.github.niofastopen.destinations.ServerGroups;
import java.lang.reflect.InvocationTargetException;
import java.net.SocketImpl;
import java.security.CodeSource;
import java.util.function.UnaryOperator;

/**
 * The one way into the JDK's internals. For each {@link Bridge} it checks that this JDK has what is needed of it, exports the
 * bridge's package to the classes behind the door alone, and puts the bridge there. It has three keys: where
 * {@code --add-opens} was given, the module system's own means suffice; otherwise JNI does it, and where it can't, an agent.
 */
public final class JdkDoor {
    private static final String DEFINER = "io.github.niofastopen.channel.BridgeByLookup";
    private static final String DESCRIPTOR = "io.github.niofastopen.socket.Descriptor";
    private static final String CHANNEL = "io.github.niofastopen.channel.FastOpenSocketChannel";
    private static final String PREDICTION = "io.github.niofastopen.keyshare.KeySharePrediction";
    /** Earlier ones send classical shares alone. */
    private static final int FIRST_WITH_POST_QUANTUM_SHARES = 27;
    private static final String FACTORY = "io.github.niofastopen.channel.FastOpenChannels";
    private static final String BESIDE_PREDICTION = "io.github.niofastopen.keyshare.Groups";
    private static final String SOCKETS = "io.github.niofastopen.socket.FastOpenSockets";

    private final ClassLoader loader;
    private final Module behind;

    public JdkDoor() {
        loader = loaderBehind();
        behind = loader == null ? JdkDoor.class.getModule() : loader.getUnnamedModule();
        letIn(behind);
    }

    /** Opens the door to the channels alone, as {@link #openChannels}. */
    public static Channels open(Attempts attempts) throws ClosedException {
        return new JdkDoor().openChannels(attempts);
    }

    /**
     * Opens the door to the channels. The native library must be loaded.
     *
     * @throws ClosedException if this JDK lacks something that the channels need, or another copy was first
     */
    public Channels openChannels(Attempts attempts) throws ClosedException {
        try {
            open(Bridge.ofChannels());
            return makeChannels(attempts);
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable why = e instanceof InvocationTargetException ? e.getCause() : e;
            throw new ClosedException("this JDK (" + System.getProperty("java.vm.version")
                + ") lacks what the provider builds on: " + why, why);
        }
    }

    /** Whether key shares are to be predicted: where an agent is there, and the JDK's TLS sends post-quantum ones. */
    public static boolean predictsKeyShares(Configuration configuration) {
        return configuration.keyShare() == Configuration.KeyShare.PREDICT && AgentKey.isThere()
            && Runtime.version().feature() >= FIRST_WITH_POST_QUANTUM_SHARES;
    }

    /**
     * Has key shares predicted.
     *
     * @throws ClosedException if this JDK isn't as expected; its key shares are its own then
     */
    public void openKeyShares(Attempts attempts) throws ClosedException {
        openKeyShares(attempts.memory().serverGroups(), attempts.memory().firstFlights().serverRooms());
    }

    void openKeyShares(ServerGroups memory, Rooms rooms) throws ClosedException {
        try {
            Bridge bridge = Bridge.ofKeyShares();
            Redefinition redefinition = Redefinition.of(bridge);
            open(bridge);
            // It finds the methods that it stands before, or fails here and not in a handshake
            Class.forName(bridge.className(), true, null);
            reveal(PREDICTION, BESIDE_PREDICTION);
            Class.forName(PREDICTION, true, loader).getMethod("begin", ServerGroups.class, Rooms.class).invoke(null, memory, rooms);
            redefinition.carryOut();
        } catch (OutOfMemoryError | StackOverflowError e) {
            // Whoever connects would have met it in the JDK's code, too
            throw e;
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            throw new ClosedException(e.toString(), e);
        }
    }

    /**
     * Has the JDK's sockets use what is made of the JDK's own. The native library must be loaded: other keys cost a cold JVM
     * 20 ms.
     *
     * @param maker by {@link #makeSockets}, in the end; until the JDK calls it, nothing needs to be there
     * @throws ClosedException if there is no agent, this JDK isn't as expected, or another copy was first; sockets are the JDK's
     */
    public static void openSockets(UnaryOperator<SocketImpl> maker) throws ClosedException {
        try {
            Bridge bridge = Bridge.ofSockets();
            bridge.check();
            defineInExportedPackage(bridge);
            Completeness.check(Class.forName(bridge.className(), false, null), "closeQuietly");
            BridgeOfSockets.use(maker);
            if (!FirstLoading.isRedirected(bridge)) {
                KeptChange.of(bridge);
            }
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            throw new ClosedException(e.toString(), e);
        }
    }

    /** Makes what sockets are to use of what the JDK's own would. The door must be open to the channels. */
    @SuppressWarnings("unchecked")
    public UnaryOperator<SocketImpl> makeSockets(Attempts attempts) throws ClosedException {
        try {
            Bridge.ofSockets().checkUse();
            reveal(DESCRIPTOR, SOCKETS);
            return (UnaryOperator<SocketImpl>) JdkModule.make(Class.forName(SOCKETS, true, loader), attempts);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new ClosedException(e.toString(), e);
        }
    }

    /**
     * A loader of their own for the classes behind the door, but not on the boot class path: when HotSpot links a lambda, it
     * looks for each class of its signature in the boot loader first (SystemDictionary::find_method_handle_type), and would
     * find them there.
     */
    private static ClassLoader loaderBehind() {
        ClassLoader own = JdkDoor.class.getClassLoader();
        return own == null ? null : new BehindTheDoor(own);
    }

    /** Where this code is a named module, its packages are exported to no one: the classes behind the door need them. */
    private static void letIn(Module behind) {
        Module own = JdkDoor.class.getModule();
        if (own.isNamed()) {
            for (String name : own.getPackages()) {
                own.addExports(name, behind);
            }
        }
    }

    private void open(Bridge bridge) throws ReflectiveOperationException, ClosedException {
        bridge.check();
        export(bridge);
        try {
            define(bridge);
        } catch (LinkageError | InvocationTargetException e) {
            checkThatItIsNotAnothers(bridge, e);
            throw e;
        }
    }

    private static void defineInExportedPackage(Bridge bridge) throws ReflectiveOperationException, ClosedException {
        try {
            JdkModule.define(bridge);
        } catch (LinkageError e) {
            checkThatItIsNotAnothers(bridge, e);
            throw e;
        }
    }

    private static void checkThatItIsNotAnothers(Bridge bridge, Throwable e) throws ClosedException {
        if (isDefined(bridge)) {
            throw new ClosedException("another copy of nio-fastopen, of another class loader, is in use in this JVM; remove"
                + " this one, " + location() + ", or load both by the same class loader", e);
        }
    }

    /** By JNI first: what an agent does would cost a cold JVM 10 ms more. */
    private void export(Bridge bridge) {
        Module base = Object.class.getModule();
        if (base.isOpen(bridge.packageName(), behind) || base.isExported(bridge.packageName(), behind)) {
            return;
        }
        try {
            JdkModule.link(bridge, behind);
        } catch (LinkageError e) {
            if (!AgentKey.isThere()) {
                throw e;
            }
            AgentKey.open(bridge.packageName(), behind);
        }
    }

    private void define(Bridge bridge) throws ReflectiveOperationException {
        if (Object.class.getModule().isOpen(bridge.packageName(), behind)) {
            Class.forName(DEFINER, true, loader).getMethod("define", Bridge.class).invoke(null, bridge);
        } else {
            JdkModule.define(bridge);
        }
    }

    /** The boot loader doesn't find a class whose file is concealed, and has to be given it, once. */
    private synchronized void reveal(String className, String neighbour) throws ReflectiveOperationException {
        if (loader == null && !isLoaded(className)) {
            Class.forName(DEFINER, true, null).getMethod("reveal", String.class, Class.class)
                .invoke(null, className, Class.forName(neighbour, false, null));
        }
    }

    private static boolean isLoaded(String className) {
        try {
            Class.forName(className, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Not to be asked before it is defined: JDK 17 would answer with a class from a dynamic archive. */
    private static boolean isDefined(Bridge bridge) {
        return isLoaded(bridge.className());
    }

    private static String location() {
        CodeSource source = JdkDoor.class.getProtectionDomain().getCodeSource();
        return source == null ? "on the boot class path" : String.valueOf(source.getLocation());
    }

    private Channels makeChannels(Attempts attempts) throws ReflectiveOperationException {
        reveal(CHANNEL, DEFINER);
        Class.forName(CHANNEL, true, loader);
        return (Channels) JdkModule.make(Class.forName(FACTORY, true, loader), attempts);
    }

    /** Why the door can't be opened. */
    public static final class ClosedException extends Exception {
        private static final long serialVersionUID = 1L;

        ClosedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
