// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import io.github.niofastopen.clients.Exchanges;
import io.github.niofastopen.it.lab.Certificate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** An HTTPS server whose TLS is BoringSSL's, in Netty's default configuration; a connection a request. */
public final class NettyTcnativeServer {
    private static final int MOST_REQUEST_BYTES = 1 << 16;

    private NettyTcnativeServer() {
    }

    /** @param args the key store, its password, and the port */
    public static void main(String[] args) throws Exception {
        SslContext context = SslContextBuilder.forServer(FarEnd.keys(new Certificate(Path.of(args[0]), args[1])))
            .sslProvider(SslProvider.OPENSSL).build();
        new ServerBootstrap().group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())).channel(NioServerSocketChannel.class)
            .childHandler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(context.newHandler(channel.alloc()), new HttpServerCodec(),
                        new HttpObjectAggregator(MOST_REQUEST_BYTES), new Answer());
                }
            }).bind(Integer.parseInt(args[2])).sync();
    }

    private static final class Answer extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
                Unpooled.copiedBuffer(Exchanges.CONTENT, StandardCharsets.US_ASCII));
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
