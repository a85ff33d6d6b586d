// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.netty.handler.ssl.SslProvider;

public final class NettyJdkTls extends Netty {
    public NettyJdkTls() {
        super(SslProvider.JDK);
    }
}
