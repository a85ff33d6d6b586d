// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLFilter;

/** A request over a connection of Grizzly's TCP transport. */
public final class Grizzly implements Client {

    @Override
    public String exchange(URI target) throws Exception {
        Exchange exchange = new Exchange(target);
        TCPNIOTransport transport = TCPNIOTransportBuilder.newInstance().build();
        transport.setProcessor(FilterChainBuilder.stateless().add(new TransportFilter())
            .add(new SSLFilter(null, new SSLEngineConfigurator(defaultContext()).setClientMode(true)))
            .add(exchange).build());
        transport.start();
        try {
            Answers.of(transport.connect(target.getHost(), target.getPort()));
            return Answers.of(exchange.content);
        } finally {
            transport.shutdownNow();
        }
    }

    private static SSLContext defaultContext() throws NoSuchAlgorithmException {
        return SSLContext.getDefault();
    }

    private static final class Exchange extends BaseFilter {
        private final CompletableFuture<String> content = new CompletableFuture<>();
        private final URI target;
        private final StringBuffer response = new StringBuffer();

        Exchange(URI target) {
            this.target = target;
        }

        @Override
        public NextAction handleConnect(FilterChainContext context) throws IOException {
            context.write(Buffers.wrap(context.getMemoryManager(), Answers.keepingRequest(target)));
            return context.getInvokeAction();
        }

        @Override
        public NextAction handleRead(FilterChainContext context) {
            Buffer message = context.getMessage();
            response.append(message.toStringContent(StandardCharsets.US_ASCII));
            if (Answers.isComplete(response.toString())) {
                content.complete(Answers.contentOf(response.toString()));
            }
            return context.getStopAction();
        }

        @Override
        public NextAction handleClose(FilterChainContext context) {
            content.completeExceptionally(context.getConnection().getCloseReason().getCause());
            return context.getInvokeAction();
        }

        @Override
        public void exceptionOccurred(FilterChainContext context, Throwable error) {
            content.completeExceptionally(error);
        }
    }
}
