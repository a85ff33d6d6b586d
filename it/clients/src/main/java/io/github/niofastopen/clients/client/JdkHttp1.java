// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.http.HttpClient;

public final class JdkHttp1 extends JdkHttpClient {
    public JdkHttp1() {
        super(HttpClient.Version.HTTP_1_1);
    }
}
