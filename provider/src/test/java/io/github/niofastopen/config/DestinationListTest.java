// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of destinations, as the properties give them. */
class DestinationListTest {

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "example.org example.org 192.0.2.7 443",
        "Example.ORG example.org 192.0.2.7 443",
        "*.example.org a.b.example.org 192.0.2.7 443",
        "example.org example.org. 192.0.2.7 443",
        "example.org. example.org 192.0.2.7 443",
        "Example.org. example.ORG. 192.0.2.7 443",
        "*.example.org a.example.org. 192.0.2.7 443",
        "*.example.org. a.example.org 192.0.2.7 443",
        "example.org.:443 example.org 192.0.2.7 443",
        "example.org:443 example.org 192.0.2.7 443",
        "192.0.2.7 example.org 192.0.2.7 443",
        "192.0.2.7:443 example.org 192.0.2.7 443",
        "192.0.2.0/24 example.org 192.0.2.255 25",
        "192.0.2.128/25:443 example.org 192.0.2.200 443",
        "0.0.0.0/0 example.org 198.51.100.1 1",
        ":8443 example.org 192.0.2.7 8443",
        "2001:db8::7 example.org 2001:db8::7 443",
        "[2001:db8::7] example.org 2001:db8::7 443",
        "[2001:db8::7]:443 example.org 2001:db8::7 443",
        "2001:db8::/32 example.org 2001:db8:ffff::1 443",
        "[2001:db8::]/32:443 example.org 2001:db8:ffff::1 443",
        "other.org,192.0.2.7 example.org 192.0.2.7 443"})
    void contain(String list, String host, String address, int port) throws UnknownHostException {
        assertThat(parsed(list).contains(destination(host, address, port))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "example.org www.example.org 192.0.2.7 443",
        "*.example.org example.org 192.0.2.7 443",
        "*.example.org badexample.org 192.0.2.7 443",
        "*.example.org example.org. 192.0.2.7 443",
        "example.org example.org.. 192.0.2.7 443",
        "example.org example.org.example.net. 192.0.2.7 443",
        "example.org:443 example.org 192.0.2.7 8443",
        "192.0.2.7:443 example.org 192.0.2.7 25",
        "192.0.2.0/24 example.org 192.0.3.0 443",
        "192.0.2.128/25 example.org 192.0.2.127 443",
        "0.0.0.0/0 example.org 2001:db8::1 443",
        ":8443 example.org 192.0.2.7 443",
        "2001:db8::/32 example.org 2001:db9::1 443"})
    void doNotContain(String list, String host, String address, int port) throws UnknownHostException {
        assertThat(parsed(list).contains(destination(host, address, port))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ":0", ":65536", ":https", "example.org:", "a b", "300.1.1.1", "192.0.2.0/33",
        "192.0.2.0/-1", "192.0.2.0/x", "example.org/24", "2001:db8::/129", "[2001:db8::1", "x::y", "exa*mple.org"})
    void areWithoutAnEntryThatCannotBeUsed(String entry) throws UnknownHostException {
        // given
        List<String> unusable = new ArrayList<>();

        // when
        DestinationList list = DestinationList.parse("example.org, " + entry + " ,192.0.2.0/24", unusable);

        // then
        assertThat(unusable).containsExactly(entry);
        assertThat(list).hasToString("example.org,192.0.2.0/24");
        assertThat(list.contains(destination("example.org", "198.51.100.1", 443))).isTrue();
        assertThat(list.contains(destination("example.net", "192.0.2.7", 443))).isTrue();
        assertThat(list.contains(destination("example.net", "198.51.100.1", 443))).isFalse();
    }

    @Test
    void areEmptyWhereNoEntryCanBeUsed() {
        // given
        List<String> unusable = new ArrayList<>();

        // when
        DestinationList list = DestinationList.parse("a b,:https", unusable);

        // then
        assertThat(list.isEmpty()).isTrue();
        assertThat(unusable).containsExactly("a b", ":https");
    }

    private static DestinationList parsed(String text) {
        List<String> unusable = new ArrayList<>();
        DestinationList list = DestinationList.parse(text, unusable);
        assertThat(unusable).isEmpty();
        return list;
    }

    private static InetSocketAddress destination(String host, String address, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(host, InetAddress.getByName(address).getAddress()), port);
    }
}
