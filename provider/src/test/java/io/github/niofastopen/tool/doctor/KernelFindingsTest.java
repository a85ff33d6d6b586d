// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.tool.doctor.Finding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the kernel's files, by files as other machines have them. */
class KernelFindingsTest {
    private static final String SYSCTL = "proc/sys/net/ipv4/tcp_fastopen";
    private static final String TIMEOUT = "proc/sys/net/ipv4/tcp_fastopen_blackhole_timeout_sec";

    @TempDir
    Path root;
    private final Map<String, String> environment = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"6.18.44-fc, OK", "4.11.0, OK", "4.10.17, STOPS", "3.10.0-1160.el7.x86_64, STOPS", "10.0, OK", "unheard-of, NOTE"})
    void theKernelMustKnowTheOption(String release, State state) throws IOException {
        write("proc/sys/kernel/osrelease", release + "\n");

        assertThat(finding("kernel").state()).isEqualTo(state);
        assertThat(finding("kernel").text()).contains("Linux " + release);
    }

    @Test
    void withoutItsFilesThisIsNoLinux() {
        assertThat(new KernelFindings(new SystemFiles(root), environment).all()).singleElement()
            .satisfies(finding -> assertThat(finding.text()).contains("supported on Linux only"))
            .extracting(Finding::state).isEqualTo(State.STOPS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        1     | OK    | net.ipv4.tcp_fastopen = 1: clients on; servers of this machine don't accept it (value 2)
        3     | OK    | net.ipv4.tcp_fastopen = 3: clients on, servers on that ask for it
        1543  | OK    | net.ipv4.tcp_fastopen = 1543: clients on, which send data without a cookie, all servers on, without a cookie
        0     | STOPS | net.ipv4.tcp_fastopen = 0: the client's side is switched off
        2     | STOPS | net.ipv4.tcp_fastopen = 2: the client's side is switched off
        """)
    void theSysctlMustHaveTheClientsBit(String value, State state, String text) throws IOException {
        linux();
        write(SYSCTL, value + "\n");

        assertThat(finding("sysctl").state()).isEqualTo(state);
        assertThat(finding("sysctl").text()).isEqualTo(text);
    }

    @Test
    void theRemedyKeepsTheOtherBits() throws IOException {
        linux();
        write(SYSCTL, "1538");

        assertThat(finding("sysctl").remedy()).containsExactly("sysctl -w net.ipv4.tcp_fastopen=1539",
            "echo 'net.ipv4.tcp_fastopen = 1539' > /etc/sysctl.d/90-tcp-fastopen.conf   (to keep it)");
    }

    @Test
    void inAContainerItNamesTheContainersOwnWays() throws IOException {
        linux();
        write(SYSCTL, "0");
        write(".dockerenv", "");

        assertThat(finding("sysctl").remedy()).anyMatch(line -> line.startsWith("docker run --sysctl net.ipv4.tcp_fastopen=1 "))
            .anyMatch(line -> line.startsWith("Kubernetes: "));
        assertThat(finding("container").text()).startsWith("this is a container (Docker)");
    }

    @Test
    void aPodIsRecognised() throws IOException {
        linux();
        environment.put("KUBERNETES_SERVICE_HOST", "10.96.0.1");

        assertThat(finding("container").text()).startsWith("this is a container (Kubernetes)");
    }

    @ParameterizedTest
    @CsvSource({"0, never", "1, once", "7, 7 times"})
    void theKernelsOwnSwitchIsToldWithHowOftenItHasBeenUsed(int times, String told) throws IOException {
        linux();
        write(TIMEOUT, "3600");
        write("proc/net/netstat", "TcpExt: SyncookiesSent TCPFastOpenActive TCPFastOpenBlackhole\nTcpExt: 0 12 " + times
            + "\nIpExt: InNoRoutes\nIpExt: 0\n");

        assertThat(finding("black holes").state()).isEqualTo(times == 0 ? State.OK : State.NOTE);
        assertThat(finding("black holes").remedy()).as("it protects other programs").isEmpty();
        assertThat(finding("black holes").text()).contains(" = 3600: ").endsWith("has happened " + told + " here");
        assertThat(finding("black holes").details()).containsExactly("TCPFastOpenActive 12", "TCPFastOpenBlackhole " + times);
    }

    @Test
    void aFilterAndALabelAreTold() throws IOException {
        linux();
        write("proc/self/status", "Name:\tjava\nSeccomp:\t2\nSeccomp_filters:\t1\n");
        write("proc/self/attr/current", "docker-default (enforce)\n");

        assertThat(finding("sandbox").text()).startsWith("a seccomp filter is in force; the security module's label is"
            + " docker-default (enforce)");
    }

    @ParameterizedTest
    @CsvSource({"unconfined", "''"})
    void whatConfinesNothingIsNot(String label) throws IOException {
        linux();
        write("proc/self/status", "Seccomp:\t0\n");
        write("proc/self/attr/current", label);

        assertThat(finding("sandbox").state()).isEqualTo(State.OK);
    }

    private void linux() throws IOException {
        write("proc/sys/kernel/osrelease", "6.18.44\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Finding finding(String subject) {
        return new KernelFindings(new SystemFiles(root), environment).all().stream()
            .filter(finding -> finding.subject().equals(subject)).findFirst().orElseThrow();
    }
}
