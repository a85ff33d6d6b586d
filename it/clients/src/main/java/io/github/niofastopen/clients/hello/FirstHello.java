// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.hello;

import io.github.niofastopen.tls.ClientHelloParts;
import io.github.niofastopen.tls.GroupOrder;
import io.github.niofastopen.tls.KeyShare;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;

/** Makes the first ClientHello of a TLS stack, sends nothing, and tells what is in it. */
public final class FirstHello {
    private static final String HOST = "www.example.org";
    private static final int PORT = 443;

    private FirstHello() {
    }

    /**
     * Prints the length, the key shares, and the groups offered, with a tab in between.
     *
     * @param args {@code jdk}, {@code tcnative}, {@code conscrypt} or {@code bouncycastle}
     */
    public static void main(String[] args) throws Exception {
        SSLEngine engine = engine(args[0]);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(HOST)));
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        engine.setSSLParameters(parameters);
        ByteBuffer records = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), records);
        ClientHelloParts hello = ClientHelloParts.read(records.array(), 0, records.position());
        System.out.println(hello.totalBytes() + "\t" + hello.keyShares().stream().map(KeyShare::toString).collect(Collectors.joining(", "))
            + "\t" + GroupOrder.asProperty(hello.supportedGroups()));
    }

    private static SSLEngine engine(String stack) throws Exception {
        switch (stack) {
            case "jdk":
                return SSLContext.getDefault().createSSLEngine(HOST, PORT);
            case "tcnative":
                return SslContextBuilder.forClient().sslProvider(SslProvider.OPENSSL).build().newEngine(ByteBufAllocator.DEFAULT, HOST, PORT);
            case "conscrypt":
                return engineOf(Conscrypt.newProvider());
            case "bouncycastle":
                Security.addProvider(new BouncyCastleProvider());
                return engineOf(new BouncyCastleJsseProvider());
            default:
                throw new IllegalArgumentException("no such stack: " + stack);
        }
    }

    private static SSLEngine engineOf(Provider provider) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", provider);
        context.init(null, null, null);
        return context.createSSLEngine(HOST, PORT);
    }
}
