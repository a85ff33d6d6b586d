// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code sendUrgentData}. */
@Contract
class UrgentDataContract {

    @ParameterizedTest
    @EnumSource
    void inlineItArrivesInItsPlace(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            Background<Void> sender = Background.run(() -> {
                connection.channel().socket().sendUrgentData('!');
                return null;
            });
            connection.accepted().socket().setOOBInline(true);
            assertThat(sender.failure()).isNull();
            connection.assertPeerReceives(Bytes.text("!"));
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void inNonBlockingModeItIsSentOrRefusedButNotLost(Stage stage) throws Exception {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            connection.accepted().socket().setOOBInline(true);
            connection.channel().socket().sendUrgentData('!');
            connection.assertPeerReceives(Bytes.text("!"));
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterShutdownOutputItIsRefused(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().shutdownOutput();
            assertThatThrownBy(() -> connection.channel().socket().sendUrgentData('!'))
                .isInstanceOf(ClosedChannelException.class);
            connection.assertPeerReachesTheEnd();
        }
    }
}
