// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.config.Configuration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class InterfaceRoomsTest {
    private static final int LONGER_THAN_ANY_SYN = 65_536;
    private static final int SHORT = 500;
    private static final int OTHER_PORT = 4711;

    @Test
    void whatExceedsEveryMtuFitsNoSyn() {
        assertThat(rooms("niofastopen.defer", "expected").areTooSmall("example.org", 443, LONGER_THAN_ANY_SYN)).isTrue();
    }

    @Test
    void whatIsShortFits() {
        assertThat(rooms("niofastopen.defer", "expected").areTooSmall("example.org", 443, SHORT)).isFalse();
    }

    @Test
    void whereNothingIsDeferredNothingHasToFit() {
        assertThat(rooms("niofastopen.defer", "expected").areTooSmall("example.org", OTHER_PORT, LONGER_THAN_ANY_SYN)).isFalse();
        assertThat(rooms("niofastopen.defer", "never").areTooSmall("example.org", 443, LONGER_THAN_ANY_SYN)).isFalse();
    }

    @Test
    void whereEverythingIsDeferredThePortDoesntMatter() {
        assertThat(rooms("niofastopen.defer", "always").areTooSmall("example.org", OTHER_PORT, LONGER_THAN_ANY_SYN)).isTrue();
    }

    private static Rooms rooms(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        return new InterfaceRooms(Configuration.from(properties));
    }
}
