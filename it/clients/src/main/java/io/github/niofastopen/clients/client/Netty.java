// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Netty's NIO transport with its HTTP codec; a connection an exchange. */
abstract class Netty implements Client {
    private static final int NETTYS_MILLIS = 30_000;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final SslProvider tls;

    Netty(SslProvider tls) {
        this.tls = tls;
    }

    @Override
    public String exchange(URI target) throws Exception {
        SslContext context = SslContextBuilder.forClient().sslProvider(tls).build();
        CompletableFuture<String> content = new CompletableFuture<>();
        Bootstrap bootstrap = new Bootstrap().group(group).channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, ConnectTimeout.or(NETTYS_MILLIS))
            .handler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(context.newHandler(channel.alloc(), target.getHost(), target.getPort()),
                        new HttpClientCodec(), new HttpObjectAggregator(1 << 16), new Response(content));
                }
            });
        Channel channel = bootstrap.connect(target.getHost(), target.getPort()).sync().channel();
        DefaultFullHttpRequest request =
            new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target.getRawPath(), Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, target.getAuthority());
        channel.writeAndFlush(request).addListener(written -> {
            if (!written.isSuccess()) {
                content.completeExceptionally(written.cause());
            }
        });
        try {
            return content.get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        } finally {
            channel.close();
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully();
    }

    private static final class Response extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final CompletableFuture<String> content;

        Response(CompletableFuture<String> content) {
            this.content = content;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            content.complete(response.content().toString(StandardCharsets.US_ASCII));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            content.completeExceptionally(new ClosedChannelException());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            content.completeExceptionally(cause);
        }
    }
}
