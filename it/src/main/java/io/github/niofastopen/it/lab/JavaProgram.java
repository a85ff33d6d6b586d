// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command that runs a class with a main method in a JVM of its own. */
public final class JavaProgram {
    private static final String SWITCH =
        "-Djava.nio.channels.spi.SelectorProvider=io.github.niofastopen.FastOpenSelectorProvider";

    private final String mainClass;
    /** Null where the main class's place is a jar's. */
    private String classPath = System.getProperty("java.class.path");
    private Path javaHome = Path.of(System.getProperty("java.home"));
    private final List<String> launcher = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();

    private JavaProgram(String mainClass) {
        this.mainClass = mainClass;
    }

    public static JavaProgram of(Class<?> main) {
        return new JavaProgram(main.getName());
    }

    public static JavaProgram named(String mainClass) {
        return new JavaProgram(mainClass);
    }

    /** What a jar's manifest names. */
    public static JavaProgram jar(String path) {
        JavaProgram program = new JavaProgram(path);
        program.classPath = null;
        return program;
    }

    /** With the provider's switch. What is logged is one line each. */
    public JavaProgram withSwitch() {
        options.add(SWITCH);
        return reporting();
    }

    private JavaProgram reporting() {
        property("java.util.logging.SimpleFormatter.format", "%4$s: %5$s%n");
        options.add("--enable-native-access=ALL-UNNAMED");
        return this;
    }

    /** With the provider's jar, which the property {@code provider.jar} names, as an agent. */
    public JavaProgram withAgent() {
        return withAgent(Path.of(System.getProperty("provider.jar")));
    }

    /** With the provider's jar as an agent. */
    public JavaProgram withAgent(Path providerJar) {
        options.add("-javaagent:" + providerJar);
        return reporting();
    }

    public JavaProgram property(String name, Object value) {
        options.add("-D" + name + "=" + value);
        return this;
    }

    public JavaProgram option(String option) {
        options.add(option);
        return this;
    }

    /** Trusts the certificates of a key store. */
    public JavaProgram trusting(Certificate certificate) {
        return property("javax.net.ssl.trustStore", certificate.keyStore())
            .property("javax.net.ssl.trustStorePassword", certificate.password());
    }

    /** Runs on another JDK than the one that runs this. */
    public JavaProgram on(Path otherJavaHome) {
        javaHome = otherJavaHome;
        return this;
    }

    /** Started by another command, which runs the words that follow its own. */
    public JavaProgram startedBy(String... words) {
        launcher.addAll(List.of(words));
        return this;
    }

    public JavaProgram classPath(String path) {
        classPath = path;
        return this;
    }

    public JavaProgram arguments(Object... words) {
        for (Object word : words) {
            arguments.add(word.toString());
        }
        return this;
    }

    /** The words that start it. */
    public List<String> command() {
        List<String> command = new ArrayList<>(launcher);
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(options);
        command.addAll(classPath == null ? List.of("-jar") : List.of("-cp", classPath));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }
}
