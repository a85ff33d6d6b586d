// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {

    @Test
    void everyAddressOfEveryInterfaceIsOwn() throws Exception {
        List<InetAddress> addresses =
            NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();

        OwnAddresses own = new OwnAddresses();

        assertThat(addresses).isNotEmpty().allMatch(own);
    }

    @Test
    void aDocumentationAddressIsNot() throws Exception {
        OwnAddresses own = new OwnAddresses();

        assertThat(own.test(InetAddress.getByName("203.0.113.9"))).isFalse();
        assertThat(own.test(InetAddress.getByName("2001:db8::9"))).isFalse();
    }
}
