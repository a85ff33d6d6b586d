// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The JDK's HttpsURLConnection. Its connections are kept for the whole JVM, so each is asked to be the last of its own. */
public final class UrlConnection implements Client {
    @Override
    public String exchange(URI target) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
        connection.setConnectTimeout(ConnectTimeout.or(0));
        connection.setRequestProperty("Connection", "close");
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
