package io.github.niofastopen.door;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.linux.JdkModule;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.SocketAddress;

/**
 * The one way into the JDK's internals. It checks that this JDK has what the channels need, exports {@code sun.nio.ch}
 * to them alone, and puts the bridge class there.
 */
public final class JdkDoor {
    private static final String PACKAGE = "sun.nio.ch";
    private static final String BRIDGE = "sun/nio/ch/SocketChannelBridge";
    private static final String CHANNEL = "io.github.niofastopen.channel.FastOpenSocketChannel";
    private static final String FACTORY = "io.github.niofastopen.channel.FastOpenChannels";

    private JdkDoor() {
    }

    /**
     * Opens the door. The native library must be loaded.
     *
     * @throws ClosedException if this JDK lacks something that the channels need
     */
    public static Channels open(Configuration configuration) throws ClosedException {
        try {
            checkSocketChannelImpl();
            BehindTheDoor loader = new BehindTheDoor(JdkDoor.class.getClassLoader());
            JdkModule.addExports(Object.class.getModule(), PACKAGE, loader.getUnnamedModule());
            defineBridge();
            Class.forName(CHANNEL, true, loader);
            return (Channels) Class.forName(FACTORY, true, loader)
                .getConstructor(Configuration.class).newInstance(configuration);
        } catch (ReflectiveOperationException | LinkageError | IOException e) {
            throw new ClosedException("this JDK (" + System.getProperty("java.vm.version")
                + ") lacks what the provider builds on: " + e, e);
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

    private static void defineBridge() throws IOException, ClassNotFoundException {
        try (InputStream resource = JdkDoor.class.getResourceAsStream("/META-INF/bridge/SocketChannelBridge.class")) {
            if (resource == null) {
                throw new ClassNotFoundException(BRIDGE);
            }
            JdkModule.defineInBootLoader(BRIDGE, resource.readAllBytes());
        }
    }

    /** Why the door can't be opened. */
    public static final class ClosedException extends Exception {
        private static final long serialVersionUID = 1L;

        ClosedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
