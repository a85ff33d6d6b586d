// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.http.HttpClient;

public final class JdkHttp2 extends JdkHttpClient {
    public JdkHttp2() {
        super(HttpClient.Version.HTTP_2);
    }
}
