// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.nio.client.CloseableHttpPipeliningClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.util.EntityUtils;

/** An exchange is two requests, the second of which doesn't wait for the first one's answer. */
public final class ApacheHttpAsyncClient4Pipelined implements Client {
    private final CloseableHttpPipeliningClient client = HttpAsyncClients.createPipelining();

    @Override
    public String exchange(URI target) throws Exception {
        client.start();
        HttpHost server = new HttpHost(target.getHost(), target.getPort(), target.getScheme());
        List<HttpRequest> requests = List.of(new HttpGet(target.getRawPath()), new HttpGet(target.getRawPath()));
        List<HttpResponse> responses = Answers.of(client.execute(server, requests, null));
        String first = EntityUtils.toString(responses.get(0).getEntity());
        String second = EntityUtils.toString(responses.get(1).getEntity());
        return first.equals(second) ? first : first + " and " + second;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
