// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The far end of a path: the JDK's own HttpsServer, which closes each connection after one response. Whether it accepts
 * TCP Fast Open is decided by the switch of the JVM that it runs in.
 */
public final class HttpsFixture {

    private HttpsFixture() {
    }

    /** Arguments: the key store, its password, how many requests of its own to warm up with, and the ports to listen on. */
    public static void main(String[] args) throws Exception {
        SSLContext context = context(Path.of(args[0]), args[1].toCharArray());
        warmUp(context, Integer.parseInt(args[2]));
        for (int i = 3; i < args.length; i++) {
            serve(context, new InetSocketAddress(Integer.parseInt(args[i])));
        }
    }

    private static HttpsServer serve(SSLContext context, InetSocketAddress address) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange; InputStream request = exchange.getRequestBody()) {
                request.readAllBytes();
                byte[] body = "hello\n".getBytes(StandardCharsets.US_ASCII);
                exchange.getResponseHeaders().set("Connection", "close");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return server;
    }

    /** A server that has just been started takes milliseconds for a handshake, which would be taken for the path's. */
    private static void warmUp(SSLContext context, int requests) throws IOException, InterruptedException {
        if (requests > 0) {
            HttpsServer server = serve(context, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
            RepeatedGet.fetch(HttpClient.newBuilder().sslContext(context).build(), url, requests);
            server.stop(0);
        }
    }

    private static SSLContext context(Path keyStore, char[] password) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        context.init(factory.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
