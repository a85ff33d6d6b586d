// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        https://example.org,              example.org,  443,  /,       example.org
        https://example.org:8443/a/b?c=d, example.org,  8443, /a/b?c=d, example.org:8443
        HTTPS://Example.org/#part,        Example.org,  443,  /,       Example.org
        https://[2001:db8::2]/,           2001:db8::2,  443,  /,       [2001:db8::2]
        https://192.0.2.2:444/x,          192.0.2.2,    444,  /x,      192.0.2.2:444
        example.org,                      example.org,  443,  -,       example.org
        example.org:993,                  example.org,  993,  -,       example.org:993
        192.0.2.2:993,                    192.0.2.2,    993,  -,       192.0.2.2:993
        [2001:db8::2]:993,                2001:db8::2,  993,  -,       [2001:db8::2]:993
        [2001:db8::2],                    2001:db8::2,  443,  -,       [2001:db8::2]
        2001:db8::2,                      2001:db8::2,  443,  -,       [2001:db8::2]
        """)
    void aServerIsAUrlOrAHostAndAPort(String word, String host, int port, String path, String authority) {
        Target target = Target.parse(word);

        assertThat(target).isEqualTo(new Target(word, host, port, path));
        assertThat(target.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        http://example.org/      | 'http://example.org/' has another scheme than https
        https:///path            | 'https:///path' names no host, or more than a host
        https://me@example.org/  | 'https://me@example.org/' names no host, or more than a host
        https://exa mple.org/    | 'https://exa mple.org/' is no URL
        example.org:0            | 'example.org:0' has no port from 1 to 65535
        example.org:65536        | 'example.org:65536' has no port from 1 to 65535
        https://example.org:0/   | 'https://example.org:0/' has no port from 1 to 65535
        example.org:https        | 'example.org:https' is neither
        example.org/path         | 'example.org/path' names no host
        :443                     | ':443' names no host
        1:2:3                    | '1:2:3' names no host: 1:2:3 is no IPv6 address
        [example.org]:443        | '[example.org]:443' names no host
        """)
    void anythingElseIsRefusedByAMessageThatNamesIt(String word, String message) {
        assertThatThrownBy(() -> Target.parse(word)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(message);
    }
}
