// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelVersionTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
        4.11.0,           false
        5.4.0-150-generic,false
        5.5.0,            true
        5.15.0-91,        true
        6.0,              true
        6.18.44-fc-v669,  true
        10.0-rc1,         true
        '',               false
        unknown,          false
        """)
    void aReleaseIsComparedByItsNumbers(String release, boolean atLeast) {
        assertThat(KernelVersion.isAtLeast(5, 5, release)).isEqualTo(atLeast);
    }
}
