// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContendersTest {
    @Test
    void whereAClientHelloFitsASynChannelsAreMeasuredByTheSwitch() {
        assertThat(Contenders.on(25)).contains(Contenders.HTTP_CLIENT_OURS, Contenders.NETTY_NIO_OURS, Contenders.URL_CONNECTION_OURS)
            .doesNotContain(Contenders.HTTP_CLIENT_AGENT, Contenders.NETTY_NIO_AGENT);
    }

    @Test
    void whereItFitsOnlyWithTheAgentTheyAreMeasuredByThat() {
        assertThat(Contenders.on(27)).contains(Contenders.HTTP_CLIENT_AGENT, Contenders.NETTY_NIO_AGENT, Contenders.URL_CONNECTION_OURS)
            .doesNotContain(Contenders.HTTP_CLIENT_OURS, Contenders.NETTY_NIO_OURS);
    }

    @Test
    void whatOnlyOneJdkIsNeededForIsLeftOutOnTheOthers() {
        assertThat(Contenders.briefly(17)).containsExactly(Contenders.HTTP_CLIENT_JDK, Contenders.HTTP_CLIENT_OURS, Contenders.NETTY_NIO_JDK,
            Contenders.NETTY_NIO_OURS, Contenders.URL_CONNECTION_JDK, Contenders.URL_CONNECTION_OURS, Contenders.OKHTTP_JDK,
            Contenders.OKHTTP_OURS);
    }

    @Test
    void oursIsHeldAgainstTheSameProgramWithTheJdksConnections() {
        assertThat(Contenders.HTTP_CLIENT_AGENT.theirs()).contains(Contenders.HTTP_CLIENT_JDK);
        assertThat(Contenders.OKHTTP_OURS.theirs()).contains(Contenders.OKHTTP_JDK);
        assertThat(Contenders.NETTY_EPOLL.theirs()).isEmpty();
    }
}
