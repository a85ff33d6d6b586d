// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.linux.JdkModule;
import io.github.niofastopen.linux.OwnJar;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.SocketAddress;
import java.security.CodeSource;

/**
 * The one way into the JDK's internals. It checks that this JDK has what the channels need, exports {@code sun.nio.ch}
 * to them alone, and puts the bridge class there. It has three keys: where {@code --add-opens} was given or an agent is
 * there, the module system's own means suffice; otherwise JNI does it.
 */
public final class JdkDoor {
    private static final String PACKAGE = "sun.nio.ch";
    private static final String BRIDGE = "sun.nio.ch.SocketChannelBridge";
    private static final String BRIDGE_RESOURCE = "META-INF/bridge/SocketChannelBridge.bytes";
    private static final String DEFINER = "io.github.niofastopen.channel.BridgeByLookup";
    private static final String CHANNEL = "io.github.niofastopen.channel.FastOpenSocketChannel";
    private static final String FACTORY = "io.github.niofastopen.channel.FastOpenChannels";

    private JdkDoor() {
    }

    /**
     * Opens the door. The native library must be loaded.
     *
     * @throws ClosedException if this JDK lacks something that the channels need, or another copy was first
     */
    public static Channels open(Attempts attempts) throws ClosedException {
        try {
            checkSocketChannelImpl();
            ClassLoader loader = loaderOfChannels();
            Module channels = loader == null ? JdkDoor.class.getModule() : loader.getUnnamedModule();
            letIn(channels);
            export(channels);
            defineBridge(loader, channels);
            Class.forName(CHANNEL, true, loader);
            return Class.forName(FACTORY, true, loader).asSubclass(Channels.class)
                .getConstructor(Attempts.class).newInstance(attempts);
        } catch (ReflectiveOperationException | LinkageError | IOException e) {
            Throwable why = e instanceof InvocationTargetException ? e.getCause() : e;
            throw new ClosedException("this JDK (" + System.getProperty("java.vm.version")
                + ") lacks what the provider builds on: " + why, why);
        }
    }

    /** The bridge calls these by name; a JDK without one of them would fail in the middle of a connection. */
    private static void checkSocketChannelImpl() throws ReflectiveOperationException {
        Class<?> impl = Class.forName("sun.nio.ch.SocketChannelImpl", false, null);
        checkOverridable(impl.getDeclaredMethod("blockingConnect", SocketAddress.class, long.class), void.class);
        checkOverridable(impl.getDeclaredMethod("blockingRead", byte[].class, int.class, int.class, long.class), int.class);
        checkOverridable(impl.getDeclaredMethod("blockingWriteFully", byte[].class, int.class, int.class), void.class);
        checkOverridable(impl.getDeclaredMethod("sendOutOfBandData", byte.class), int.class);
        checkOverridable(impl.getDeclaredMethod("isInputOpen"), boolean.class);
        checkOverridable(impl.getDeclaredMethod("isOutputOpen"), boolean.class);
        checkOverridable(impl.getDeclaredMethod("localAddress"), SocketAddress.class);
        Class<?> key = Class.forName("sun.nio.ch.SelectionKeyImpl", false, null);
        checkOverridable(impl.getDeclaredMethod("translateReadyOps", int.class, int.class, key), boolean.class);
        checkOverridable(impl.getMethod("park", int.class, long.class), void.class);
    }

    private static void checkOverridable(Method method, Class<?> returnType) throws NoSuchMethodException {
        int unfit = Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL;
        if ((method.getModifiers() & unfit) != 0 || method.getReturnType() != returnType) {
            throw new NoSuchMethodException(method + " can't be overridden");
        }
    }

    private static String location() {
        CodeSource source = JdkDoor.class.getProtectionDomain().getCodeSource();
        return source == null ? "on the boot class path" : String.valueOf(source.getLocation());
    }

    /**
     * A loader of the channels' own, but not on the boot class path: when HotSpot links a lambda, it looks for each class of
     * its signature in the boot loader first (SystemDictionary::find_method_handle_type), and would find them there.
     */
    private static ClassLoader loaderOfChannels() {
        ClassLoader own = JdkDoor.class.getClassLoader();
        return own == null ? null : new BehindTheDoor(own);
    }

    /** Where this code is a named module, its packages are exported to no one: the channels need them. */
    private static void letIn(Module channels) {
        Module own = JdkDoor.class.getModule();
        if (own.isNamed()) {
            own.getPackages().forEach(name -> own.addExports(name, channels));
        }
    }

    private static void export(Module channels) {
        Module base = Object.class.getModule();
        if (!base.isOpen(PACKAGE, channels)) {
            AgentKey.openTo(channels);
        }
        if (!base.isExported(PACKAGE, channels)) {
            JdkModule.exportSunNioCh(channels);
        }
    }

    private static void defineBridge(ClassLoader loader, Module channels)
            throws ClosedException, IOException, ReflectiveOperationException {
        byte[] classFile = bridge();
        try {
            if (Object.class.getModule().isOpen(PACKAGE, channels)) {
                Class.forName(DEFINER, true, loader).getMethod("define", byte[].class).invoke(null, (Object) classFile);
            } else {
                JdkModule.defineBridge(classFile);
            }
        } catch (LinkageError | InvocationTargetException e) {
            if (isBridgeDefined()) {
                throw new ClosedException("another copy of nio-fastopen, of another class loader, is in use in this JVM; remove"
                    + " this one, " + location() + ", or load both by the same class loader", e);
            }
            throw e;
        }
    }

    /** Not to be asked before it is defined: JDK 17 would answer with a class from a dynamic archive. */
    private static boolean isBridgeDefined() {
        try {
            Class.forName(BRIDGE, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static byte[] bridge() throws IOException, ClassNotFoundException {
        byte[] classFile = OwnJar.read(BRIDGE_RESOURCE);
        if (classFile == null) {
            throw new ClassNotFoundException(BRIDGE);
        }
        return classFile;
    }

    /** Why the door can't be opened. */
    public static final class ClosedException extends Exception {
        private static final long serialVersionUID = 1L;

        ClosedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
