// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.config.DestinationList;
import java.net.InetSocketAddress;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is sent the data of a SYN without a cookie. */
class CookielessServersTest {
    private static final long FORGET_MILLIS = 1000;
    private static final InetSocketAddress VOUCHED_FOR = new InetSocketAddress("192.0.2.2", 443);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.3", 443);

    private long nanos;
    private final CookielessServers servers = new CookielessServers(list("192.0.2.2"), FORGET_MILLIS, () -> nanos);

    @Test
    void whomTheListNames() {
        assertThat(servers.contain(VOUCHED_FOR)).isTrue();
        assertThat(servers.contain(OTHER)).isFalse();
    }

    @Test
    void nobodyByDefault() {
        assertThat(new CookielessServers(list(""), FORGET_MILLIS, () -> nanos).contain(VOUCHED_FOR)).isFalse();
    }

    @Test
    void notAServerThatWantsACookieAllTheSameUntilThatIsForgotten() {
        // when
        servers.learnInsists(VOUCHED_FOR);

        // then
        assertThat(servers.contain(VOUCHED_FOR)).isFalse();
        nanos += TimeUnit.MILLISECONDS.toNanos(FORGET_MILLIS);
        assertThat(servers.contain(VOUCHED_FOR)).isTrue();
    }

    @Test
    void notAnotherPortOfAServerThatWantsOne() {
        servers.learnInsists(new InetSocketAddress(VOUCHED_FOR.getAddress(), 8443));

        assertThat(servers.contain(VOUCHED_FOR)).isTrue();
    }

    @Test
    void whoeverHasBeenForgotten() {
        servers.learnInsists(VOUCHED_FOR);
        servers.forget(VOUCHED_FOR.getAddress());
        assertThat(servers.contain(VOUCHED_FOR)).isTrue();

        servers.learnInsists(VOUCHED_FOR);
        servers.forgetAll();
        assertThat(servers.contain(VOUCHED_FOR)).isTrue();
    }

    private static DestinationList list(String text) {
        Properties properties = new Properties();
        properties.setProperty("niofastopen.noCookie", text);
        return Configuration.from(properties).noCookie();
    }
}
