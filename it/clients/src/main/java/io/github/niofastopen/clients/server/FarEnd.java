// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.program.HttpsFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The far end of a path: servers of several kinds, each on a port of its own. */
public final class FarEnd {
    /** Listens once the servers are warm. */
    public static final int READY_PORT = 4000;
    /** Servers whose handshakes are not timed, or that don't begin with one. */
    private static final Set<String> COLD =
        Set.of("resetting", "resetting-mariadb", "stranger", "smtp", "postgresql", "mariadb");
    /** Before the kind of a server that has a certificate which the clients don't trust. */
    private static final String STRANGER = "stranger-";
    private static final Set<String> HTTP = Set.of("jdk", "undertow");
    private static final int WARM_UP_HANDSHAKES = 10;
    private static final int WARM_UP_EXCHANGES = 10;
    /** Kept: a server socket that nothing refers to is closed by the next garbage collection. */
    @SuppressWarnings("unused")
    private static ServerSocket ready;

    private FarEnd() {
    }

    /**
     * @param args the key store that the clients trust, one that they don't, the password of both, and for each server its
     *     kind and its port
     */
    public static void main(String[] args) throws Exception {
        Certificate trusted = new Certificate(Path.of(args[0]), args[2]);
        Certificate stranger = new Certificate(Path.of(args[1]), args[2]);
        for (int i = 3; i < args.length; i += 2) {
            int port = Integer.parseInt(args[i + 1]);
            start(args[i], port, trusted, stranger);
            if (!COLD.contains(args[i]) && !args[i].startsWith(STRANGER)) {
                warmUp(args[i], port);
            }
        }
        ready = new ServerSocket(READY_PORT);
    }

    private static void start(String kind, int port, Certificate trusted, Certificate stranger) throws Exception {
        if (kind.startsWith(STRANGER)) {
            start(kind.substring(STRANGER.length()), port, stranger, stranger);
            return;
        }
        switch (kind) {
            case "jdk" -> HttpsFixture.main(new String[] {trusted.keyStore().toString(), trusted.password(),
                "0", Integer.toString(port)});
            case "undertow" -> UndertowServer.start(context(trusted), port);
            case "grpc" -> GrpcServer.start(keys(trusted), port);
            case "kafka" -> TlsStandIn.start(context(trusted), port, KafkaStandIn::answer);
            case "mongodb" -> TlsStandIn.start(context(trusted), port, MongoStandIn::answer);
            case "redis" -> TlsStandIn.start(context(trusted), port, RedisStandIn::answer);
            case "mqtt" -> TlsStandIn.start(context(trusted), port, MqttStandIn::answer);
            case "ldap" -> LdapServer.start(context(trusted), port);
            case "smtps" -> SmtpStandIn.startInTls(context(trusted), port);
            case "smtp" -> SmtpStandIn.start(context(trusted), port);
            case "imaps" -> ImapStandIn.start(context(trusted), port);
            case "amqp" -> AmqpStandIn.start(context(trusted), port);
            case "bolt" -> BoltStandIn.start(context(trusted), port);
            case "postgresql" -> PostgresStandIn.start(context(trusted), port);
            case "postgresql-in-tls" -> PostgresStandIn.startInTls(context(trusted), port);
            case "mariadb" -> MariaDbStandIn.start(context(trusted), port);
            case "resetting-mariadb" -> MariaDbStandIn.startResetting(port);
            case "resetting" -> ResettingServer.start(port);
            case "stranger" -> UndertowServer.start(context(stranger), port);
            default -> throw new IllegalArgumentException("no such server: " + kind);
        }
    }

    /** A server that has just been started takes milliseconds for a handshake, which would be taken for the path's. */
    private static void warmUp(String kind, int port)
            throws GeneralSecurityException, IOException, InterruptedException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        for (int i = 0; i < WARM_UP_HANDSHAKES; i++) {
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.startHandshake();
            }
        }
        if (HTTP.contains(kind)) {
            HttpClient client = HttpClient.newBuilder().sslContext(context).build();
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/")).build();
            for (int i = 0; i < WARM_UP_EXCHANGES; i++) {
                client.send(request, HttpResponse.BodyHandlers.discarding());
            }
        }
    }

    private static SSLContext context(Certificate certificate) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(certificate).getKeyManagers(), null, null);
        return context;
    }

    static KeyManagerFactory keys(Certificate certificate) throws GeneralSecurityException, IOException {
        char[] password = certificate.password().toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            keys.load(in, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        return factory;
    }

    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
