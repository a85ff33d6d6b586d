// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.UndertowClient;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.util.Headers;
import io.undertow.util.StringReadChannelListener;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.xnio.OptionMap;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Undertow's client, over XNIO's NIO; a connection an exchange. */
public final class Undertow implements Client {
    private static final int BUFFER = 1 << 14;

    @Override
    public String exchange(URI target) throws Exception {
        Xnio xnio = Xnio.getInstance();
        XnioWorker worker = xnio.createWorker(OptionMap.EMPTY);
        DefaultByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER);
        try (ClientConnection connection = UndertowClient.getInstance().connect(target, worker,
                new UndertowXnioSsl(xnio, OptionMap.EMPTY, SSLContext.getDefault()), buffers, OptionMap.EMPTY).get()) {
            CompletableFuture<String> content = new CompletableFuture<>();
            ClientRequest request = new ClientRequest().setPath(target.getRawPath());
            request.getRequestHeaders().put(Headers.HOST, target.getAuthority());
            connection.getIoThread().execute(() -> connection.sendRequest(request, new Exchange(content, buffers)));
            return Answers.of(content);
        } finally {
            worker.shutdownNow();
        }
    }

    private record Exchange(CompletableFuture<String> content, DefaultByteBufferPool buffers)
            implements ClientCallback<ClientExchange> {
        @Override
        public void completed(ClientExchange exchange) {
            exchange.setResponseListener(new ClientCallback<>() {
                @Override
                public void completed(ClientExchange answered) {
                    new StringReadChannelListener(buffers) {
                        @Override
                        protected void stringDone(String text) {
                            content.complete(text);
                        }

                        @Override
                        protected void error(IOException e) {
                            content.completeExceptionally(e);
                        }
                    }.setup(answered.getResponseChannel());
                }

                @Override
                public void failed(IOException e) {
                    content.completeExceptionally(e);
                }
            });
        }

        @Override
        public void failed(IOException e) {
            content.completeExceptionally(e);
        }
    }
}
