// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.github.niofastopen.clients.Greeting;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.Closeable;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** gRPC over the Netty that its shaded artifact carries, a unary call; one channel is built for each server. */
public final class GrpcShaded extends ClientOfServers<GrpcShaded.CloseableChannel> {

    @Override
    CloseableChannel create(URI server) {
        return new CloseableChannel(NettyChannelBuilder.forTarget("dns:///" + server.getAuthority()).build());
    }

    @Override
    String exchange(CloseableChannel client, URI target) {
        return ClientCalls.blockingUnaryCall(client.channel, Greeting.METHOD, CallOptions.DEFAULT, "?");
    }

    record CloseableChannel(ManagedChannel channel) implements Closeable {
        @Override
        public void close() {
            channel.shutdownNow();
            try {
                channel.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
