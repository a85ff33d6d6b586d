// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.clients.wire.Conversation;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.program.RepeatedGet;
import java.util.Comparator;
import java.util.List;

/** An unmodified {@code HttpClient} on a JDK, with a setting; each has an address of the far end for itself. */
record ShareCase(int jdk, ShareSetting setting, String address) {
    /** The first one fetches the cookie, and is what a prediction is made by. */
    private static final int CONNECTIONS = 4;
    /** A busy machine may take longer than the default from connect to the ClientHello. */
    private static final int WINDOW_MILLIS = 3000;

    /** In the order in which they are shown. */
    static List<ShareCase> inOrder() {
        return List.of(new ShareCase(25, ShareSetting.DEFAULT, "192.0.2.2"), new ShareCase(27, ShareSetting.WITHOUT, "192.0.2.3"),
            new ShareCase(27, ShareSetting.DEFAULT, "192.0.2.4"), new ShareCase(27, ShareSetting.PREDICTED, "192.0.2.5"),
            new ShareCase(27, ShareSetting.CLASSICAL_FIRST, "192.0.2.6"), new ShareCase(27, ShareSetting.CLASSICAL_ALONE, "192.0.2.7"));
    }

    /** Those that this build can try. */
    static List<ShareCase> all() {
        return inOrder().stream().filter(each -> each.setting.isThere()).toList();
    }

    JavaProgram client(Certificate trusted) {
        JavaProgram client = JavaProgram.of(RepeatedGet.class).on(Needs.jdk(jdk)).trusting(trusted)
            .property("jdk.internal.httpclient.disableHostnameVerification", true).property("niofastopen.window", WINDOW_MILLIS)
            .arguments("https://" + address + ":" + TlsServer.PORT + "/", CONNECTIONS);
        setting.apply(client);
        return client;
    }

    /** The connection that stands for all but the first one: the one with the fewest round trips, since a busy machine only adds some. */
    Conversation typical(List<Conversation> all) {
        List<Conversation> own = all.stream().filter(each -> each.serverAddress().equals(address)).toList();
        if (own.size() != CONNECTIONS) {
            throw new AssertionError(own.size() + " connections to " + address);
        }
        return own.stream().skip(1).min(Comparator.comparingInt(Conversation::roundTrips)).orElseThrow();
    }
}
