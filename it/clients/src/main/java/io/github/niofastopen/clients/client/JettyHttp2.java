// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;

public final class JettyHttp2 extends JettyClient {
    public JettyHttp2() {
        super(new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client())));
    }
}
