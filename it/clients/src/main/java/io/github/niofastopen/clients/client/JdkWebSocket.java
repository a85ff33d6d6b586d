// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The WebSocket of the JDK's HttpClient: the server answers a message with its content. */
public final class JdkWebSocket implements Client {
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public String exchange(URI target) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        URI webSocket = URI.create(target.toString().replaceFirst("^https", "wss"));
        WebSocket socket = client.newWebSocketBuilder().buildAsync(webSocket, new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                answer.complete(data.toString());
                return null;
            }

            @Override
            public void onError(WebSocket from, Throwable error) {
                answer.completeExceptionally(error);
            }
        }).join();
        socket.sendText("?", true);
        String content = answer.join();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        return content;
    }
}
