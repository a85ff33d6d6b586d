// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.NetworkInterface;
import java.util.Collections;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LinkTest {
    @BeforeAll
    static void loadLibrary() throws NativeLibrary.UnavailableException {
        NativeLibrary.load(null);
    }

    @Test
    void theMtuOfEachInterfaceIsTheOneThatTheJdkTells() throws IOException {
        for (NetworkInterface link : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            assertThat(Link.mtu(link.getIndex())).as(link.getName()).isEqualTo(link.getMTU());
        }
    }
}
