// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niofastopen.tool.probe.Target;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeOptionsTest {

    @TempDir
    Path folder;

    @Test
    void withoutOptionsTheDefaultsHold() throws Exception {
        ProbeOptions options = parse("example.org:993");

        assertThat(options.targets()).containsExactly(Target.parse("example.org:993"));
        assertThat(options.count()).isEqualTo(5);
        assertThat(options.timeoutNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(10));
        assertThat(options.json() || options.insecure() || options.plot() != null).isFalse();
        assertThat(options.family()).accepts(InetAddress.getByName("192.0.2.2"), InetAddress.getByName("2001:db8::2"));
    }

    @ParameterizedTest
    @CsvSource({"-n 7 --timeout 0.5 --json --insecure --plot a.svg example.org", "example.org --plot=a.svg --json -n 7 --insecure --timeout=0.5"})
    void optionsStandBeforeAndAfterServers(String words) throws Exception {
        ProbeOptions options = parse(words.split(" "));

        assertThat(options.targets()).containsExactly(Target.parse("example.org"));
        assertThat(options.count()).isEqualTo(7);
        assertThat(options.timeoutNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(options.json() && options.insecure()).isTrue();
        assertThat(options.plot()).isEqualTo(Path.of("a.svg"));
    }

    @Test
    void addressesAreOfTheFamilyThatWasAskedFor() throws Exception {
        InetAddress ipv4 = InetAddress.getByName("192.0.2.2");
        InetAddress ipv6 = InetAddress.getByName("2001:db8::2");

        assertThat(parse("-4", "a").family()).accepts(ipv4).rejects(ipv6);
        assertThat(parse("-6", "a").family()).accepts(ipv6).rejects(ipv4);
    }

    @Test
    void aFileNamesAServerALine() throws Exception {
        Path file = Files.writeString(folder.resolve("servers"), "# ours\n\nexample.org:993  # mail\nhttps://example.org/a#b\n");

        assertThat(parse("example.net", "-f", file.toString()).targets()).extracting(Target::text)
            .containsExactly("example.net", "example.org:993", "https://example.org/a#b");
    }

    @Test
    void aServerInAFileIsComplainedOfWithItsLine() throws Exception {
        Path file = Files.writeString(folder.resolve("servers"), "example.org\nhttp://example.org\n");

        assertThatThrownBy(() -> parse("-f", file.toString())).isInstanceOf(UsageException.class)
            .hasMessage(file + ", line 2: 'http://example.org' has another scheme than https");
    }

    @Test
    void aFileThatIsNotThereIsNoUsageError() {
        assertThatThrownBy(() -> parse("-f", "/nowhere/servers")).isInstanceOf(ProbeOptions.FileException.class)
            .hasMessageStartingWith("can't read /nowhere/servers: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        --json                      | no server was named
        -n example.org              | -n example.org is not a whole number from 1 to 1000
        -n 0 example.org            | -n 0 is not a whole number from 1 to 1000
        -n 2.5 example.org          | -n 2.5 is not a whole number from 1 to 1000
        -n NaN example.org          | -n NaN is not a whole number from 1 to 1000
        example.org -n              | -n needs a value
        --timeout 0 example.org     | --timeout 0 is not a number of seconds from 0.1 to 600
        -4 -6 example.org           | -4 and -6 exclude each other
        --insecre example.org       | unknown option '--insecre'; did you mean '--insecure'?
        --plot a.svg one two        | --plot draws one server, and 2 were named
        ftp://example.org           | 'ftp://example.org' has another scheme than https
        -- --json                   | '--json' names no host
        """)
    void whatCannotBeUsedIsNamed(String words, String message) {
        assertThatThrownBy(() -> parse(words.split(" "))).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
    }

    private static ProbeOptions parse(String... words) throws Exception {
        return ProbeOptions.parse(List.of(words));
    }
}
