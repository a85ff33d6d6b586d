// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.future.ConnectFuture;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.ssl.SslFilter;
import org.apache.mina.transport.socket.nio.NioSocketConnector;

/** A request over a session of Apache MINA. */
public final class Mina implements Client {

    @Override
    public String exchange(URI target) throws Exception {
        Exchange exchange = new Exchange(target);
        NioSocketConnector connector = new NioSocketConnector();
        try {
            connector.getFilterChain().addLast("tls", new SslFilter(defaultContext()));
            connector.setHandler(exchange);
            ConnectFuture connect = connector.connect(new InetSocketAddress(target.getHost(), target.getPort()));
            connect.awaitUninterruptibly();
            if (connect.getException() != null) {
                throw (Exception) connect.getException();
            }
            return Answers.of(exchange.content);
        } finally {
            connector.dispose();
        }
    }

    private static SSLContext defaultContext() throws GeneralSecurityException {
        return SSLContext.getDefault();
    }

    private static final class Exchange extends IoHandlerAdapter {
        private final CompletableFuture<String> content = new CompletableFuture<>();
        private final StringBuffer response = new StringBuffer();
        private final URI target;

        Exchange(URI target) {
            this.target = target;
        }

        @Override
        public void sessionOpened(IoSession session) {
            session.write(IoBuffer.wrap(Answers.request(target).getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void messageReceived(IoSession session, Object message) {
            IoBuffer buffer = (IoBuffer) message;
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            response.append(new String(bytes, StandardCharsets.US_ASCII));
        }

        @Override
        public void exceptionCaught(IoSession session, Throwable cause) {
            content.completeExceptionally(cause);
            session.closeNow();
        }

        @Override
        public void sessionClosed(IoSession session) {
            content.complete(response.length() == 0 ? "" : Answers.contentOf(response.toString()));
        }
    }
}
