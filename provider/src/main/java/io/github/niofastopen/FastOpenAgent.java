// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import io.github.niofastopen.door.AgentKey;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Selects the provider in a JVM whose class path can't be chosen, such as that of an executable jar:
 *
 * <pre>
 *   -javaagent:nio-fastopen.jar
 * </pre>
 *
 * <p>or, in the manifest of an executable jar, {@code Class-Path: nio-fastopen.jar} and
 * {@code Launcher-Agent-Class: io.github.niofastopen.FastOpenAgent}. It transforms no class. Nothing else refers to this
 * one, which needs module {@code java.instrument}.
 */
public final class FastOpenAgent {
    private static final String SWITCH = "java.nio.channels.spi.SelectorProvider";

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
        if (options != null && !options.isBlank()) {
            Startup.warnBesides("the agent takes no options, \"" + options
                + "\" is ignored; settings are system properties such as -Dniofastopen.exclude=HOST");
        }
        AgentKey.leave(new Key(instrumentation));
        if (System.getProperty(SWITCH) == null) {
            System.setProperty(SWITCH, FastOpenSelectorProvider.class.getName());
        }
    }

    /** Opens {@code sun.nio.ch} to a module, and nothing else. */
    private static final class Key implements Consumer<Module> {
        private final Instrumentation instrumentation;

        Key(Instrumentation instrumentation) {
            this.instrumentation = instrumentation;
        }

        @Override
        public void accept(Module to) {
            Map<String, Set<Module>> opens = Map.of("sun.nio.ch", Set.of(to));
            instrumentation.redefineModule(Object.class.getModule(), Set.of(), opens, opens, Set.of(), Map.of());
        }
    }
}
