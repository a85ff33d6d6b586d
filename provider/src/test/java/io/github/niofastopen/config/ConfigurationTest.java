// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.config.Configuration.Defer;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    @Test
    void withoutPropertiesTheDefaultsHold() {
        Configuration configuration = Configuration.from(new Properties());

        assertThat(configuration.enabled()).isTrue();
        assertThat(configuration.defer()).isEqualTo(Defer.EXPECTED);
        assertThat(configuration.tlsPorts()).isEqualTo(Configuration.DEFAULT_TLS_PORTS);
        assertThat(configuration.noDelay()).isEqualTo(Configuration.NoDelay.APPLICATION);
        assertThat(configuration.windowMillis()).isEqualTo(Configuration.WINDOW_LEARNED);
        assertThat(configuration.hedgeMillis()).isEqualTo(Configuration.HEDGE_BY_RTT);
        assertThat(configuration.forgetMillis()).isEqualTo(600_000);
        assertThat(configuration.loopback()).isFalse();
        assertThat(configuration.serverQueue()).isZero();
        assertThat(configuration.nativeDir()).isNull();
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void everyPropertyIsRead() {
        Configuration configuration = with(
            "enabled", "false",
            "defer", "always",
            "tlsPorts", "443, 8443,12345",
            "noDelay", "handshake",
            "window", "40",
            "hedge", "700",
            "forget", "1000",
            "loopback", "true",
            "server.queue", "128",
            "native.dir", "/run/lib");

        assertThat(configuration.enabled()).isFalse();
        assertThat(configuration.defer()).isEqualTo(Defer.ALWAYS);
        assertThat(configuration.tlsPorts()).containsExactlyInAnyOrder(443, 8443, 12345);
        assertThat(configuration.noDelay()).isEqualTo(Configuration.NoDelay.HANDSHAKE);
        assertThat(configuration.windowMillis()).isEqualTo(40);
        assertThat(configuration.hedgeMillis()).isEqualTo(700);
        assertThat(configuration.forgetMillis()).isEqualTo(1000);
        assertThat(configuration.loopback()).isTrue();
        assertThat(configuration.serverQueue()).isEqualTo(128);
        assertThat(configuration.nativeDir()).isEqualTo("/run/lib");
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void theTlsPortsByConventionAreExpectedAndNoneInWhichTheClientSpeaksPlainFirst() {
        assertThat(Configuration.DEFAULT_TLS_PORTS).contains(443, 465, 636, 853, 993, 995, 5671, 6697, 8443, 8883)
            .doesNotContain(21, 22, 25, 80, 110, 143, 389, 587, 3306, 5432, 6379, 8080, 9092);
    }

    @Test
    void blankTlsPortsAreNone() {
        Configuration configuration = with("tlsPorts", "  ");

        assertThat(configuration.tlsPorts()).isEmpty();
        assertThat(configuration.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"expected,EXPECTED", "NEVER,NEVER", "Always,ALWAYS", "' never ',NEVER"})
    void aChoiceMayBeWrittenInAnyCaseAndWithBlanksAround(String value, Defer expected) {
        Configuration configuration = with("defer", value);

        assertThat(configuration.defer()).isEqualTo(expected);
        assertThat(configuration.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"auto,-1", "AUTO,-1", "off,0", "Off,0", "' off ',0", "' 150 ',150"})
    void theHedgeIsAWordInAnyCaseOrANumber(String value, long millis) {
        Configuration configuration = with("hedge", value);

        assertThat(configuration.hedgeMillis()).isEqualTo(millis);
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void theWarningOfTheHedgeNamesItsWords() {
        Configuration configuration = with("hedge", "none");

        assertThat(configuration.warnings()).containsExactly("niofastopen.hedge=none is not a whole number from 1 to 60000"
            + " or one of auto, off; auto is used instead");
    }

    @Test
    void theBoundsOfANumberBelongToIt() {
        Configuration least = with("window", "1", "hedge", "1", "forget", "0", "server.queue", "0");
        Configuration most = with("window", "60000", "hedge", "60000", "forget", "604800000", "server.queue", "1048576");

        assertThat(least.warnings()).isEmpty();
        assertThat(most.warnings()).isEmpty();
        assertThat(least.hedgeMillis()).isEqualTo(1);
        assertThat(most.windowMillis()).isEqualTo(60_000);
        assertThat(most.hedgeMillis()).isEqualTo(60_000);
        assertThat(most.forgetMillis()).isEqualTo(604_800_000L);
        assertThat(most.serverQueue()).isEqualTo(1 << 20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        enabled      | yes                  | true is used
        enabled      | ""                   | true is used
        defer        | sometimes            | expected is used
        defer        | ""                   | expected is used
        tlsPorts     | https                | the default list is used
        tlsPorts     | 443;8443             | the default list is used
        tlsPorts     | 443,,8443            | the default list is used
        tlsPorts     | 0                    | the default list is used
        tlsPorts     | 443,65536            | the default list is used
        tlsPorts     | 443,-1               | the default list is used
        noDelay      | true                 | application is used
        window       | 0                    | auto is used
        window       | 60001                | auto is used
        window       | -5                   | auto is used
        window       | 1s                   | auto is used
        window       | 1.5                  | auto is used
        window       | ""                   | auto is used
        window       | 99999999999999999999 | auto is used
        hedge        | 0                    | auto is used
        hedge        | -1                   | auto is used
        hedge        | 60001                | auto is used
        hedge        | 3rtt                 | auto is used
        hedge        | false                | auto is used
        hedge        | ""                   | auto is used
        forget       | -1                   | 600000 is used
        forget       | 604800001            | 600000 is used
        forget       | never                | 600000 is used
        loopback     | 1                    | false is used
        server.queue | -1                   | 0 is used
        server.queue | 1048577              | 0 is used
        server.queue | 4294967296           | 0 is used
        server.queue | many                 | 0 is used
        """)
    void anUnusableValueGivesOneWarningAndTheDefault(String name, String value, String used) {
        Configuration configuration = with(name, value);

        assertThat(configuration.warnings()).singleElement().asString()
            .startsWith("niofastopen." + name + "=" + value + " is not ")
            .endsWith("; " + used + " instead");
        assertThat(configuration).usingRecursiveComparison().ignoringFields("warnings")
            .isEqualTo(Configuration.from(new Properties()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"include", "exclude", "noCookie"})
    void aListKeepsTheEntriesThatCanBeUsedAndTheWarningNamesTheOthers(String name) {
        Configuration configuration = with(name, "example.org:443, exa*mple.org,, :8443");

        assertThat(configuration.inForce()).containsEntry("niofastopen." + name, "example.org:443,:8443")
            .containsEntry("niofastopen.defer", "expected");
        assertThat(configuration.warnings()).containsExactly("niofastopen." + name + "=example.org:443, exa*mple.org,, :8443"
            + " is not a list of host names, addresses, CIDR blocks and ports such as example.org:443,10.0.0.0/8,:8443;"
            + " left out: \"exa*mple.org\", \"\"");
    }

    /** The other way round everything would be. */
    @ParameterizedTest
    @ValueSource(strings = {"exa*mple.org", "canary.example.org;other.example.org", ","})
    void whereNothingIsLeftOfWhatAloneIsToBeDeferredNothingIs(String list) {
        Configuration configuration = with("include", list, "defer", "always");

        assertThat(configuration.defer()).isEqualTo(Defer.NEVER);
        assertThat(configuration.warnings()).singleElement().asString()
            .startsWith("niofastopen.include=" + list + " is not a list").endsWith("; no entry is left: nothing is deferred");
    }

    @ParameterizedTest
    @CsvSource({"exclude, nothing is excluded", "noCookie, all servers are asked for cookies"})
    void whereNothingIsLeftOfAnotherListTheWarningSaysWhatThatMeans(String name, String meaning) {
        Configuration configuration = with(name, "exa*mple.org");

        assertThat(configuration.defer()).isEqualTo(Defer.EXPECTED);
        assertThat(configuration.warnings()).singleElement().asString()
            .endsWith("; left out: \"exa*mple.org\"; no entry is left: " + meaning);
    }

    @Test
    void aBlankListIsNone() {
        Configuration configuration = with("include", "  ", "exclude", "");

        assertThat(configuration).isEqualTo(Configuration.from(new Properties()));
    }

    @Test
    void eachUnusableValueGivesItsOwnWarningAndLeavesTheOthersInForce() {
        Configuration configuration = with("window", "x", "forget", "y", "loopback", "true");

        assertThat(configuration.warnings()).hasSize(2);
        assertThat(configuration.loopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xniofastopen.window", "niofastopenwindow", "Niofastopen.window", "window"})
    void otherPropertiesAreLeftAlone(String name) {
        Properties properties = new Properties();
        properties.setProperty(name, "x");

        Configuration configuration = Configuration.from(properties);

        assertThat(configuration).isEqualTo(Configuration.from(new Properties()));
    }

    private static Configuration with(String... namesAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty("niofastopen." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return Configuration.from(properties);
    }
}
