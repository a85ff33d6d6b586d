// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import io.github.niofastopen.clients.Exchanges;
import io.github.niofastopen.clients.Greeting;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import javax.net.ssl.KeyManagerFactory;

/** gRPC's own server, over Netty. */
final class GrpcServer {

    private GrpcServer() {
    }

    static void start(KeyManagerFactory keys, int port) throws IOException {
        NettyServerBuilder.forPort(port)
            .sslContext(GrpcSslContexts.configure(SslContextBuilder.forServer(keys)).build())
            .addService(ServerServiceDefinition.builder(Greeting.SERVICE)
                .addMethod(Greeting.METHOD, ServerCalls.asyncUnaryCall((request, answer) -> {
                    answer.onNext(Exchanges.CONTENT);
                    answer.onCompleted();
                })).build())
            .build().start();
    }
}
