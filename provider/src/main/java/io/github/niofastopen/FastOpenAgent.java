// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import io.github.niofastopen.door.AgentKey;
import io.github.niofastopen.door.JdkDoor;
import io.github.niofastopen.linux.NativeLibrary;
import io.github.niofastopen.monitor.Log;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.InvalidPathException;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Selects the provider in a JVM whose class path can't be chosen, such as that of an executable jar:
 *
 * <pre>
 *   -javaagent:nio-fastopen.jar
 * </pre>
 *
 * <p>or, in the manifest of an executable jar, {@code Class-Path: nio-fastopen.jar} and
 * {@code Launcher-Agent-Class: io.github.niofastopen.FastOpenAgent}. Nothing else refers to this class, which needs module
 * {@code java.instrument}.
 *
 * <p>It changes {@link java.net.Socket} as well, so that sockets gain that aren't a channel's.
 *
 * <p>Whatever keeps it from its work is one line on standard error, since nothing of this provider may run later that could
 * log it, and logging may not begin before {@code main}; the JVM starts, and its channels are the JDK's.
 */
public final class FastOpenAgent {
    private static final String SWITCH = "java.nio.channels.spi.SelectorProvider";
    private static final String OFF = "TCP Fast Open is off, connections are the JDK's own: ";
    private static final String OFF_FOR_CHANNELS = "TCP Fast Open is off for channels, whose connections are the JDK's own: ";
    private static final String OFF_FOR_SOCKETS =
        "TCP Fast Open is off for java.net.Socket, whose connections are the JDK's own: ";

    private FastOpenAgent() {
    }

    /** Called by the JVM before {@code main} where {@code -javaagent} names the jar. */
    public static void premain(String options, Instrumentation instrumentation) {
        begin(options, instrumentation);
    }

    /** Called by the launcher before {@code main} where the executable jar names this class. */
    public static void agentmain(String options, Instrumentation instrumentation) {
        begin(options, instrumentation);
    }

    private static void begin(String options, Instrumentation instrumentation) {
        try {
            if (options != null && !options.isBlank()) {
                Startup.warnBesides("the agent takes no options, \"" + options
                    + "\" is ignored; settings are system properties such as -Dniofastopen.exclude=HOST");
            }
            AgentKey.leaveIfFirst(new Key(instrumentation));
            String selected = System.getProperty(SWITCH, FastOpenSelectorProvider.class.getName());
            if (selected.equals(FastOpenSelectorProvider.class.getName()) && isAllowed()) {
                select();
            }
            beginSockets();
        } catch (SecurityException e) {
            warn(OFF + "a security manager refuses it (" + e.getMessage() + "); grant the jar java.security.AllPermission");
        } catch (RuntimeException | Error e) {
            // What leaves an agent ends the JVM.
            warn(OFF + e);
        }
    }

    /**
     * Whether a provider can be made at all, which another agent may not allow to classes outside the JDK. The JDK would take a
     * refusal for an error, and have no channels at all.
     */
    private static boolean isAllowed() {
        try {
            new FastOpenSelectorProvider();
            return true;
        } catch (RuntimeException | Error e) {
            warn(OFF_FOR_CHANNELS + "something in this JVM refuses selector providers (" + e + "); name this agent before"
                + " the others");
            return false;
        }
    }

    /** The JDK makes its provider here, so that what comes to be in force later can't refuse it. */
    private static void select() {
        System.setProperty(SWITCH, FastOpenSelectorProvider.class.getName());
        SelectorProvider first = SelectorProvider.provider();
        if (!(first instanceof FastOpenSelectorProvider)) {
            warn(OFF_FOR_CHANNELS + "another agent has used the JDK's channels before; name this one first, by -javaagent,"
                + " or start the JVM with -D" + SWITCH + "=" + FastOpenSelectorProvider.class.getName());
        }
    }

    /** Not by the configuration, which a JVM that opens no connection needn't read: that warns of other values. */
    private static void beginSockets() {
        if (BlockingSockets.areOurs()) {
            // The same jar was named twice, on the command line and in JAVA_TOOL_OPTIONS for example
            return;
        }
        try {
            if (isWanted("niofastopen.enabled") && isWanted("niofastopen.sockets")) {
                BlockingSockets.begin();
            }
        } catch (NativeLibrary.UnavailableException | JdkDoor.ClosedException | InvalidPathException e) {
            warn(OFF_FOR_SOCKETS + e.getMessage());
        } catch (SecurityException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // An InternalError, too: what the JVM throws for most that goes wrong inside it (createThrowableFromJVMTIErrorCode).
            warn(OFF_FOR_SOCKETS + e);
        }
    }

    private static void warn(String warning) {
        Log.warn(List.of(warning));
    }

    private static boolean isWanted(String property) {
        return !System.getProperty(property, "").trim().equalsIgnoreCase("false");
    }

    /** Opens packages of {@code java.base} to a module, and changes classes of it. */
    private static final class Key extends AgentKey {
        private final Instrumentation instrumentation;

        Key(Instrumentation instrumentation) {
            this.instrumentation = instrumentation;
        }

        @Override
        protected void openPackage(String packageName, Module to) {
            Map<String, Set<Module>> opens = Map.of(packageName, Set.of(to));
            instrumentation.redefineModule(Object.class.getModule(), Set.of(), opens, opens, Set.of(), Map.of());
        }

        @Override
        protected byte[][] classFiles(Class<?>[] types) {
            Looking looking = new Looking(types);
            try {
                transformAgain(looking, types);
            } finally {
                instrumentation.removeTransformer(looking);
            }
            return looking.classFiles;
        }

        private void transformAgain(ClassFileTransformer transformer, Class<?>... types) {
            if (!instrumentation.isRetransformClassesSupported() || !instrumentation.isRedefineClassesSupported()) {
                throw new LinkageError("the manifest that names the agent must say Can-Redefine-Classes: true and"
                    + " Can-Retransform-Classes: true");
            }
            instrumentation.addTransformer(transformer, true);
            try {
                instrumentation.retransformClasses(types);
            } catch (UnmodifiableClassException | UnsupportedOperationException e) {
                throw new LinkageError(e.toString(), e);
            }
        }

        /** By one that isn't to transform again: what it makes is what those begin with that are. */
        @Override
        protected boolean loadClass(String name, Change change) throws ClassNotFoundException {
            Changing changing = new Changing(name, change);
            instrumentation.addTransformer(changing);
            try {
                Class.forName(name, false, null);
            } finally {
                instrumentation.removeTransformer(changing);
            }
            return changing.loaded;
        }

        @Override
        protected boolean keepChanged(Class<?> type, Change change) {
            Keeping keeping = new Keeping(type, change);
            try {
                transformAgain(keeping, type);
            } finally {
                if (!keeping.changed) {
                    instrumentation.removeTransformer(keeping);
                }
            }
            return keeping.changed;
        }

        /** Not by a transformer: nothing stays registered, and what other agents change later, they change of this. */
        @Override
        protected void redefineClasses(Class<?>[] types, byte[][] classFiles) {
            ClassDefinition[] definitions = new ClassDefinition[types.length];
            for (int i = 0; i < types.length; i++) {
                definitions[i] = new ClassDefinition(types[i], classFiles[i]);
            }
            try {
                instrumentation.redefineClasses(definitions);
            } catch (ClassNotFoundException | UnmodifiableClassException | UnsupportedOperationException e) {
                throw new LinkageError(e.toString(), e);
            }
        }

        /** Changes the class file of one class whenever it is transformed, if it hasn't the change. */
        private static final class Keeping implements ClassFileTransformer {
            private final Class<?> type;
            private final Change change;
            private boolean changed;

            Keeping(Class<?> type, Change change) {
                this.type = type;
                this.change = change;
            }

            @Override
            public byte[] transform(ClassLoader loader, String name, Class<?> seen, ProtectionDomain domain, byte[] classFile) {
                byte[] result = seen == type ? Key.changed(change, classFile) : null;
                changed |= result != null;
                return result;
            }
        }

        /** Changes the class file of one class, while it is loaded. */
        private static final class Changing implements ClassFileTransformer {
            private final String name;
            private final Change change;
            private boolean loaded;

            Changing(String name, Change change) {
                this.name = name.replace('.', '/');
                this.change = change;
            }

            @Override
            public byte[] transform(ClassLoader loader, String seen, Class<?> type, ProtectionDomain domain, byte[] classFile) {
                if (loader != null || type != null || !name.equals(seen)) {
                    return null;
                }
                loaded = true;
                return Key.changed(change, classFile);
            }
        }
    }

    /** Sees class files, and changes none. */
    private static final class Looking implements ClassFileTransformer {
        private final Class<?>[] types;
        private final byte[][] classFiles;

        Looking(Class<?>[] types) {
            this.types = types;
            this.classFiles = new byte[types.length][];
        }

        @Override
        public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] classFile) {
            for (int i = 0; i < types.length; i++) {
                if (types[i] == type) {
                    classFiles[i] = classFile;
                }
            }
            return null;
        }
    }
}
