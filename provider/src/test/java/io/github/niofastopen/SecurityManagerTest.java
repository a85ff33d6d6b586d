// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.destinations.RouteByBindingMain;
import io.github.niofastopen.linux.ConnectFailureMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** With a security manager, which JDK 24 and later don't have. */
@EnabledForJreRange(max = JRE.JAVA_23)
class SecurityManagerTest {
    private static final String OURS = "FastOpenSelectorProvider FastOpenSocketChannel hello hello"
        + " FastOpenSocketChannel ServerSocketChannelImpl";
    private static final String OF_THE_JDK = "EPollSelectorProvider SocketChannelImpl hello hello"
        + " SocketChannelImpl ServerSocketChannelImpl";
    private static final String SOCKETS = "permission java.net.SocketPermission \"*\", \"accept,connect,listen,resolve\";";
    private static final String ALL = "permission java.security.AllPermission;";

    @TempDir
    Path folder;

    @Test
    void anApplicationThatMayConnectAndNoMoreHasOurChannels() throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.run(folder, restricted(ALL));

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void itsConnectsMayBeDeferred() throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.run(folder, restricted(ALL, "-Dniofastopen.server.queue=16",
            "-Dniofastopen.loopback=true", "-Dniofastopen.defer=always", "-Dniofastopen.window=20"));

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    /** Which takes two properties that the application may not read: the one of the text's encoding, and that of hosts' names. */
    @Test
    void whyADeferredConnectFailsIsToldAsByTheJdk() throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.runMain(ConnectFailureMain.class, folder, restricted(ALL));

        // then
        assertThat(child.errors()).isEmpty();
        assertThat(child.output()).containsExactly("ConnectException Connection refused false");
    }

    /** To commit an event takes permissions. */
    @Test
    void itsConnectsAreInAFlightRecording() throws Exception {
        // when
        Path recording = folder.resolve("recording.jfr");
        ChildJvm.Result child = ChildJvm.run(folder, restricted(ALL, "-Xlog:disable", "-XX:StartFlightRecording=filename=" + recording,
            "-Dniofastopen.server.queue=16", "-Dniofastopen.loopback=true", "-Dniofastopen.defer=always", "-Dniofastopen.window=20"));

        // then
        assertThat(child.errors()).isEmpty();
        // The recorder itself has something to say.
        assertThat(child.output()).contains(OURS);
        assertThat(RecordingFile.readAllEvents(recording)).map(event -> event.getEventType().getName())
            .contains("io.github.niofastopen.Connect");
    }

    /** Which asks whether a SOCKS proxy is there. */
    @Test
    void aSocketFactoryGivesItSocketsThatMayBeDeferred() throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.runMain(SocketFactoryMain.class, folder, restricted(ALL));

        // then
        assertThat(child.errors()).isEmpty();
        assertThat(child.output()).containsExactly("FastOpenSocketChannel");
    }

    /** Where a sandbox refuses netlink, datagram sockets tell that, and a security manager guards them. */
    @Test
    void whereItsConnectsLeaveFromIsFoundWithoutNetlinkToo() throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.runMain(RouteByBindingMain.class, folder, restricted(ALL));

        // then
        assertThat(child.errors()).isEmpty();
        assertThat(child.output()).containsExactly("true 127.0.0.1");
    }

    @Test
    void itHasThemByTheAgentToo() throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.runWithoutSwitch(ChildMain.class, folder,
            List.of(restricted(ALL, AgentJar.option(FastOpenAgent.class, folder))));

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void itsSocketsMayBeDeferredToo() throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.runWithoutSwitch(SocketEcho.class, folder, List.of(restricted(ALL,
            AgentJar.option(FastOpenAgent.class, folder), "-Dniofastopen.loopback=true", "-Dniofastopen.defer=always",
            "-Dniofastopen.window=20")));

        // then
        assertThat(child.output()).containsExactly("hello");
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void anAgentThatNothingIsGrantedToLeavesTheJdksChannelsAndSaysWhatHelps() throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.runWithoutSwitch(ChildMain.class, folder,
            List.of(restricted("", AgentJar.option(FastOpenAgent.class, folder))));

        // then
        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(child.errors()).singleElement().asString()
            .startsWith("WARNING: nio-fastopen: TCP Fast Open is off, connections are the JDK's own: a security manager refuses it")
            .endsWith("grant the jar java.security.AllPermission");
        assertThat(child.exitCode()).isZero();
    }

    /** The JDK asks no one else for a provider. */
    @Test
    void aSwitchToAProviderThatMayBeOneAndNoMoreSaysWhatHelps() throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.run(folder, restricted("permission java.lang.RuntimePermission \"selectorProvider\";"));

        // then
        assertThat(child.exitCode()).isNotZero();
        assertThat(child.errors()).first().asString().contains("ServiceConfigurationError")
            .contains("grant the jar java.security.AllPermission");
    }

    private String[] restricted(String toUs, String... options) throws Exception {
        Path jar = folder.resolve("nio-fastopen.jar");
        String classPath = ChildJvm.classPathWithJar(jar);
        Path policy = Files.write(folder.resolve("policy"), List.of(
            grant(jar.toUri().toString(), toUs),
            grant(ChildMain.class.getProtectionDomain().getCodeSource().getLocation() + "-", SOCKETS)));
        List<String> all = new ArrayList<>(List.of("-cp", classPath, "-Djava.security.manager", "-Djava.security.policy==" + policy));
        all.addAll(List.of(options));
        return all.toArray(String[]::new);
    }

    private static String grant(String codeBase, String permissions) {
        return "grant codeBase \"" + codeBase + "\" { " + permissions + " };";
    }
}
