// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Netty with its HTTP codec and the JDK's TLS. The request waits in the pipeline for the end of the handshake. */
final class NettyClient implements Client {
    private static final int MOST_SECONDS = 20;

    private final SslContext full = context();
    private final SslContext resuming = context();
    private final Bootstrap bootstrap;

    private NettyClient(IoHandlerFactory transport, Class<? extends Channel> channel) throws SSLException {
        bootstrap = new Bootstrap().group(new MultiThreadIoEventLoopGroup(1, transport)).channel(channel);
    }

    /** The NIO transport, which knows nothing of TCP Fast Open. */
    static NettyClient nio() throws SSLException {
        return new NettyClient(NioIoHandler.newFactory(), NioSocketChannel.class);
    }

    /** Netty's own transport with its own TCP Fast Open. */
    static NettyClient epoll() throws IOException {
        if (!Epoll.isAvailable() || !Epoll.isTcpFastOpenClientSideAvailable()) {
            throw new IOException("Netty's epoll transport has no TCP Fast Open here", Epoll.unavailabilityCause());
        }
        NettyClient client = new NettyClient(EpollIoHandler.newFactory(), EpollSocketChannel.class);
        client.bootstrap.option(ChannelOption.TCP_FASTOPEN_CONNECT, true);
        return client;
    }

    /** Netty's transport by io_uring, with its own TCP Fast Open. */
    static NettyClient ioUring() throws IOException {
        if (!IoUring.isAvailable() || !IoUring.isTcpFastOpenClientSideAvailable()) {
            throw new IOException("Netty's io_uring transport has no TCP Fast Open here", IoUring.unavailabilityCause());
        }
        NettyClient client = new NettyClient(IoUringIoHandler.newFactory(), IoUringSocketChannel.class);
        client.bootstrap.option(ChannelOption.TCP_FASTOPEN_CONNECT, true);
        return client;
    }

    private static SslContext context() throws SSLException {
        return SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build();
    }

    @Override
    public Times exchange(InetSocketAddress server, boolean resume) throws Exception {
        SslContext context = resume ? resuming : full;
        CompletableFuture<Long> firstByte = new CompletableFuture<>();
        Bootstrap prepared = bootstrap.clone().handler(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(context.newHandler(channel.alloc(), server.getHostString(), server.getPort()),
                    new HttpClientCodec(), new Exchange(server.getHostString(), firstByte));
            }
        });
        long connect = System.nanoTime();
        Channel channel = prepared.connect(server).addListener(connected -> {
            if (!connected.isSuccess()) {
                firstByte.completeExceptionally(connected.cause());
            }
        }).channel();
        long seen = firstByte.get(MOST_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().await(MOST_SECONDS, TimeUnit.SECONDS);
        Sessions.forget(full.sessionContext());
        return new Times(connect, seen);
    }

    private static final class Exchange extends SimpleChannelInboundHandler<HttpObject> {
        private final String host;
        private final CompletableFuture<Long> firstByte;

        Exchange(String host, CompletableFuture<Long> firstByte) {
            this.host = host;
            this.firstByte = firstByte;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
            request.headers().set(HttpHeaderNames.HOST, host);
            context.writeAndFlush(request);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse) {
                firstByte.complete(System.nanoTime());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            firstByte.completeExceptionally(new IOException("closed before the response"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            firstByte.completeExceptionally(cause);
            context.close();
        }
    }
}
