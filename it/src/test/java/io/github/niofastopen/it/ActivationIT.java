package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.program.ProviderInUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways in which a JVM comes to use the provider. */
class ActivationIT {
    private static final String SWITCH =
        "-Djava.nio.channels.spi.SelectorProvider=io.github.niofastopen.FastOpenSelectorProvider";
    private static final String PROVIDER_JAR = System.getProperty("provider.jar");
    private static final String OURS = "io.github.niofastopen.channel.FastOpenSocketChannel";

    @TempDir
    Path folder;

    @Test
    void byTheSwitch() throws IOException {
        assertThat(run(home("bin", "java"), SWITCH, "-cp", PROVIDER_JAR + ":" + programs())).containsExactly(OURS);
    }

    @Test
    void byTheServicesJarOnTheClassPath() throws IOException {
        String classPath = System.getProperty("services.jar") + ":" + PROVIDER_JAR + ":" + programs();
        assertThat(run(home("bin", "java"), "-cp", classPath)).containsExactly(OURS);
    }

    @Test
    void onARuntimeImageThatHasOnlyJavaBase() throws IOException {
        // given
        assumeTrue(Files.isDirectory(home("jmods")) || Runtime.version().feature() >= 24,
            "this JDK has no jmods to link an image from");
        Path image = folder.resolve("image");
        assertThat(output(List.of(home("bin", "jlink").toString(), "--add-modules", "java.base", "--output", image.toString())))
            .isEmpty();

        // when
        List<String> printed = run(image.resolve("bin/java"), SWITCH, "-cp", PROVIDER_JAR + ":" + programs());

        // then
        assertThat(printed).containsExactly(OURS);
    }

    private static List<String> run(Path java, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(options));
        command.add(ProviderInUse.class.getName());
        return output(command);
    }

    private static List<String> output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes()).lines().toList();
    }

    private static Path home(String... names) {
        return Path.of(System.getProperty("java.home"), names);
    }

    private static String programs() {
        return Path.of(ProviderInUse.class.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }
}
