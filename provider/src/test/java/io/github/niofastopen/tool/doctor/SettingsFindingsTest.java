// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.tool.doctor.Finding.State;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What the doctor says of the settings that it was started with. */
class SettingsFindingsTest {
    private final Properties properties = new Properties();

    @Test
    void ofNoneNothingIsSaid() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void thoseThatAreInForceAreShown() {
        properties.setProperty("niofastopen.hedge", "OFF");

        assertThat(findings()).containsExactly(Finding.ok("settings", "niofastopen.hedge=off"));
    }

    @Test
    void aNameThatIsNotKnownIsSaidToBeIgnored() {
        properties.setProperty("niofastopen.exlude", "example.org");

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(State.NOTE);
            assertThat(finding.text()).isEqualTo("niofastopen.exlude isn't known, and is ignored");
            assertThat(finding.remedy()).singleElement().asString().contains("niofastopen.exclude, ");
        });
    }

    @Test
    void aValueThatCannotBeUsedIsToldAsTheApplicationWould() {
        properties.setProperty("niofastopen.window", "10s");

        assertThat(findings()).singleElement().extracting(Finding::text).asString().startsWith("niofastopen.window=10s is not a whole number");
    }

    @Test
    void whatIsSwitchedOffStops() {
        properties.setProperty("niofastopen.enabled", "false");

        assertThat(findings()).singleElement().extracting(Finding::state).isEqualTo(State.STOPS);
    }

    private List<Finding> findings() {
        return new SettingsFindings(properties).all();
    }
}
