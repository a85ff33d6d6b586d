// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import io.github.niofastopen.clients.Exchanges;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import javax.net.ssl.SSLContext;

/**
 * HTTP/1.1, HTTP/2 and, at {@code /websocket}, WebSocket. Connections are kept, but for those of HTTP/1.1 whose request is
 * for {@code /last}.
 */
final class UndertowServer {

    private UndertowServer() {
    }

    static void start(SSLContext context, int port) {
        Undertow.builder().setIoThreads(2).setWorkerThreads(8)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .addHttpsListener(port, "0.0.0.0", context)
            .setHandler(Handlers.path(UndertowServer::answer)
                .addPrefixPath("/websocket", Handlers.websocket((exchange, channel) -> {
                    channel.getReceiveSetter().set(new Answer());
                    channel.resumeReceives();
                })))
            .build().start();
    }

    private static void answer(HttpServerExchange exchange) {
        if (exchange.isHttp11() && exchange.getRequestPath().equals("/last")) {
            exchange.setPersistent(false);
            exchange.getResponseHeaders().put(Headers.CONNECTION, "close");
        }
        exchange.getResponseSender().send(Exchanges.CONTENT);
    }

    private static final class Answer extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            WebSockets.sendText(Exchanges.CONTENT, channel, null);
        }
    }
}
