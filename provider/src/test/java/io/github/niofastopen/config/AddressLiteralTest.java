// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That no resolver is asked is for StartupTest to show, in a JVM whose resolver knows every text. */
class AddressLiteralTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.7", "255.255.255.255", "::", "::1", "1::", "2001:db8::7", "2001:DB8:0:0:8:800:200c:417A",
        "1:2:3:4:5:6:7:8", "1::3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::ffff:192.0.2.7", "::192.0.2.7", "64:ff9b::192.0.2.33",
        "1:2:3:4:5:6:192.0.2.7", "fe80::1%1"})
    void anAddressIsWhatTheJdkMakesOfIt(String text) throws UnknownHostException {
        assertThat(AddressLiteral.parse(text)).isEqualTo(InetAddress.getByName(text));
    }

    @Test
    void aZoneNeedNotBeThere() throws UnknownHostException {
        assertThat(AddressLiteral.parse("fe80::1%nowhere0")).isEqualTo(InetAddress.getByName("fe80::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.", ".1.2.3", "01.2.3.4", "1.2.3.+4", "1.2.3.\u0664", "1.2.3.4%1",
        ":", ":::", "1", "zzz:1:2", "1:2", ":1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::",
        "1:2:3:4::5:6:7:8", "1::2::3", "1::12345", "1::g", "1::-2", "1::+2", "1.2.3.4::", "1.2.3.4:1::", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3",
        "[::1]", "::1%", "%1", "example.org"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressLiteral.parse(text))
            .withMessage(text + " is not an IP address");
    }
}
