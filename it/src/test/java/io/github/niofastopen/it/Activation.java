// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import io.github.niofastopen.it.program.OneHello;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways in which a JVM comes to use the provider: the commands that run {@link OneHello} each way, by name. */
final class Activation {
    static final String SWITCH =
        "-Djava.nio.channels.spi.SelectorProvider=io.github.niofastopen.FastOpenSelectorProvider";
    static final String PROVIDER_JAR = System.getProperty("provider.jar");

    private static final String SERVICES_JAR = System.getProperty("services.jar");
    private static final String AGENT = "-javaagent:" + PROVIDER_JAR;
    private static final String MODULE = "io.github.niofastopen";
    private static final String PROGRAM = OneHello.class.getName();
    private static final String PROGRAMS = ExecutableJar.locationOf(OneHello.class).toString();
    private static final boolean HAS_AOT_CACHE = Runtime.version().feature() >= 25;
    private static final boolean HAS_NATIVE_ACCESS = Runtime.version().feature() >= 22;

    private final Path folder;
    private final Map<String, List<String>> ways = new LinkedHashMap<>();

    private Activation(Path folder) {
        this.folder = folder;
    }

    /** Prepares all ways in a folder. */
    static Map<String, List<String>> waysIn(Path folder) throws IOException, ReflectiveOperationException {
        Activation activation = new Activation(folder);
        activation.addClassPath();
        activation.addAgent();
        activation.addModulePath();
        activation.addImages();
        activation.addArchives();
        return activation.ways;
    }

    private void addClassPath() {
        add("switch", java(SWITCH, "-cp", PROVIDER_JAR + ":" + PROGRAMS, PROGRAM));
        add("services jar", java("-cp", SERVICES_JAR + ":" + PROVIDER_JAR + ":" + PROGRAMS, PROGRAM));
        add("switch and --add-opens",
            java(SWITCH, "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-cp", PROVIDER_JAR + ":" + PROGRAMS, PROGRAM));
        add("switch and -Xbootclasspath/a", java(SWITCH, "-Xbootclasspath/a:" + PROVIDER_JAR, "-cp", PROGRAMS, PROGRAM));
    }

    private void addAgent() throws IOException, ReflectiveOperationException {
        String app = ExecutableJar.of(OneHello.class, folder.resolve("app.jar"), Map.of()).toString();
        String withAgent = ExecutableJar.of(OneHello.class, folder.resolve("with-agent.jar"), Map.of(
            "Class-Path", Path.of(PROVIDER_JAR).toUri().toString(),
            "Launcher-Agent-Class", "io.github.niofastopen.FastOpenAgent",
            "Can-Redefine-Classes", "true", "Can-Retransform-Classes", "true")).toString();
        String springBoot = ExecutableJar.ofSpringBoot(OneHello.class, folder.resolve("spring-boot.jar")).toString();
        add("agent", java(AGENT, "-cp", PROGRAMS, PROGRAM));
        add("agent, executable jar", java(AGENT, "-jar", app));
        add("agent, executable jar of Spring Boot", java(AGENT, "-jar", springBoot));
        List<String> byVariable = new ArrayList<>(List.of("env", "JAVA_TOOL_OPTIONS=" + AGENT));
        byVariable.addAll(java("-jar", app));
        add("agent in JAVA_TOOL_OPTIONS", byVariable);
        add("agent in the manifest of the executable jar", java("-jar", withAgent));
    }

    private void addModulePath() {
        add("switch, module path", command(java(), nativeAccess(MODULE), List.of(SWITCH, "-p", PROVIDER_JAR,
            "--add-modules", MODULE, "-cp", PROGRAMS, PROGRAM)));
        add("services module", command(java(), nativeAccess(MODULE), List.of("-p", PROVIDER_JAR + ":" + SERVICES_JAR,
            "--add-modules", MODULE + ".services", "-cp", PROGRAMS, PROGRAM)));
    }

    private void addImages() throws IOException {
        Path baseOnly = image("java.base", "--add-modules", "java.base");
        if (!RunTimeImage.starts(baseOnly)) {
            System.out.println("left out: no image of this JDK starts on this machine");
            return;
        }
        add("switch, image of java.base alone",
            command(baseOnly, nativeAccess("ALL-UNNAMED"), List.of(SWITCH, "-cp", PROVIDER_JAR + ":" + PROGRAMS, PROGRAM)));
        Path instrumented = image("java.instrument", "--add-modules", "java.instrument");
        add("agent, image with java.instrument",
            command(instrumented, nativeAccess("ALL-UNNAMED"), List.of(AGENT, "-cp", PROGRAMS, PROGRAM)));
        List<String> options = command(null, nativeAccess(MODULE), List.of(SWITCH));
        Path withProvider = image("with-provider", "-p", PROVIDER_JAR, "--add-modules", MODULE,
            "--add-options=" + String.join(" ", options));
        add("image with module and switch", command(withProvider, List.of(), List.of("-cp", PROGRAMS, PROGRAM)));
        Path withServices = image("with-services", "-p", PROVIDER_JAR + ":" + SERVICES_JAR,
            "--add-modules", MODULE + ".services");
        add("image with services module",
            command(withServices, nativeAccess(MODULE), List.of("-cp", PROGRAMS, PROGRAM)));
        List<String> jpackage = new ArrayList<>(List.of(home("jpackage").toString(), "--type", "app-image", "--name", "app",
            "--dest", folder.toString(), "--runtime-image", withServices.getParent().getParent().toString(),
            "--input", inputFolder().toString(), "--main-jar", "app.jar"));
        nativeAccess(MODULE).forEach(option -> jpackage.addAll(List.of("--java-options", option)));
        run(jpackage);
        add("jpackage application", List.of(folder.resolve("app/bin/app").toString()));
    }

    private Path inputFolder() throws IOException {
        Path input = Files.createDirectory(folder.resolve("input"));
        ExecutableJar.of(OneHello.class, input.resolve("app.jar"), Map.of());
        return input;
    }

    private void addArchives() throws IOException {
        String classPath = PROVIDER_JAR + ":" + ExecutableJar.of(OneHello.class, folder.resolve("archived.jar"), Map.of());
        String archive = folder.resolve("classes.jsa").toString();
        run(java(SWITCH, "-XX:ArchiveClassesAtExit=" + archive, "-cp", classPath, PROGRAM, "-"));
        add("switch, dynamic CDS archive",
            java(SWITCH, "-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", loadedClasses("cds"), "-cp", classPath, PROGRAM));
        if (HAS_AOT_CACHE) {
            String cache = folder.resolve("classes.aot").toString();
            run(java(SWITCH, "-XX:AOTCacheOutput=" + cache, "-cp", classPath, PROGRAM, "-"));
            add("switch, AOT cache",
                java(SWITCH, "-XX:AOTCache=" + cache, loadedClasses("aot"), "-cp", classPath, PROGRAM));
        }
        addArchivesForTheAgent(classPath);
    }

    /** No CDS archive is written while an agent is there; an AOT cache is for JVMs that are started as the one that wrote it. */
    private void addArchivesForTheAgent(String classPath) throws IOException {
        String archive = folder.resolve("for-agent.jsa").toString();
        run(java("-XX:ArchiveClassesAtExit=" + archive, "-cp", classPath, PROGRAM, "-"));
        add("agent, dynamic CDS archive",
            java(AGENT, "-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-cp", classPath, PROGRAM));
        if (HAS_AOT_CACHE) {
            String cache = folder.resolve("for-agent.aot").toString();
            run(java(AGENT, "-XX:AOTCacheOutput=" + cache, "-cp", classPath, PROGRAM, "-"));
            add("agent, AOT cache",
                java(AGENT, "-XX:AOTCache=" + cache, loadedClasses("agent-aot"), "-cp", classPath, PROGRAM));
        }
    }

    /** Logs where classes come from to a file in the folder. */
    private String loadedClasses(String name) {
        return "-Xlog:class+load:file=" + folder.resolve(name + ".classes");
    }

    private Path image(String name, String... options) throws IOException {
        Path image = folder.resolve(name);
        run(command(home("jlink"), List.of("--output", image.toString()), List.of(options)));
        return image.resolve("bin/java");
    }

    private void add(String name, List<String> command) {
        ways.put(name, command);
    }

    private static List<String> java(String... options) {
        return command(java(), nativeAccess("ALL-UNNAMED"), List.of(options));
    }

    private static List<String> nativeAccess(String module) {
        return HAS_NATIVE_ACCESS ? List.of("--enable-native-access=" + module) : List.of();
    }

    private static List<String> command(Path program, List<String> options, List<String> more) {
        List<String> command = new ArrayList<>(program == null ? List.of() : List.of(program.toString()));
        command.addAll(options);
        command.addAll(more);
        return command;
    }

    private static Path java() {
        return home("java");
    }

    private static Path home(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program);
    }

    /** Runs what prepares a way; it must end well and say nothing amiss. */
    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " failed: " + printed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while preparing", e);
        }
    }
}
