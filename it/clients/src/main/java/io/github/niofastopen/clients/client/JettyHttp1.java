// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import org.eclipse.jetty.client.HttpClient;

public final class JettyHttp1 extends JettyClient {
    public JettyHttp1() {
        super(new HttpClient());
    }
}
