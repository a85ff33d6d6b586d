// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
    private static final String OS_NAME = System.getProperty("os.name");

    @AfterEach
    void restore() {
        System.setProperty("os.name", OS_NAME);
    }

    @Test
    void onASystemThatIsNotLinuxTheMessageSaysSo() {
        System.setProperty("os.name", "Mac OS X");

        assertThatThrownBy(() -> NativeLibrary.load(null)).isInstanceOf(NativeLibrary.UnavailableException.class)
            .hasMessageContaining("there is no native library for macosx-").hasMessageEndingWith("supported on Linux only");
    }
}
