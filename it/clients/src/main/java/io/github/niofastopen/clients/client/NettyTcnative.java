// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.netty.handler.ssl.SslProvider;

public final class NettyTcnative extends Netty {
    public NettyTcnative() {
        super(SslProvider.OPENSSL);
    }
}
