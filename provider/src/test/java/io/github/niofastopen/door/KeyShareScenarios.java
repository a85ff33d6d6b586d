// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import io.github.niofastopen.destinations.Rooms;
import io.github.niofastopen.destinations.ServerGroups;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Handshakes of the JDK's engines in memory, in a JVM whose key shares are predicted: prints a line for each. Arguments: three key
 * stores, of servers that clients trust, of one that they don't, and of a trusted one that has other names; and {@code classical} if
 * the JVM has no post-quantum groups.
 */
final class KeyShareScenarios {
    private static final String PASSWORD = "changeit";
    private static final String[] CLASSICAL = {"x25519", "secp256r1"};
    private static final long REOFFER_MILLIS = 1000;
    private static final int ROOM = 1420;

    private static final AtomicLong NOW = new AtomicLong();
    private static final ServerGroups MEMORY = new ServerGroups(REOFFER_MILLIS, NOW::get);
    private static volatile int room = ROOM;
    private static KeyStore keys;
    private static KeyStore stranger;
    private static KeyStore elsewhere;
    private static SSLContext clients;

    private KeyShareScenarios() {
    }

    public static void main(String[] arguments) throws Exception {
        keys = keyStore(arguments[0]);
        stranger = keyStore(arguments[1]);
        elsewhere = keyStore(arguments[2]);
        clients = context(keys, trusting(keys, elsewhere));
        new JdkDoor().openKeyShares(MEMORY, new OneRoom());
        print("groups", new EnginePair(client("groups.example"), server(CLASSICAL)).shakeHands().clientHellos.get(0).groups());
        classical();
        if (arguments.length == 3) {
            withPostQuantumGroups();
        }
    }

    private static KeyStore keyStore(String file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void withPostQuantumGroups() throws Exception {
        moreThanOneGroup();
        serversThatChange();
        whereNothingIsToBePredicted();
        kindsOfHandshakes();
        clientsThatAuthenticateDifferently();
        concurrent();
    }

    private static void classical() throws Exception {
        print("classical, met first", shake(client("a.example"), server(CLASSICAL)));
        EnginePair second = new EnginePair(client("a.example"), server(CLASSICAL)).shakeHands();
        print("classical, met again", second);
        print("classical, groups", second.clientHellos.get(0).groups());
        print("classical, on another port", shake(clients.createSSLEngine("a.example", 8443), server(CLASSICAL)));
        NOW.addAndGet(REOFFER_MILLIS * 1_000_000);
        print("classical, offered again", shake(client("a.example"), server(CLASSICAL)));
        print("classical, met after that", shake(client("a.example"), server(CLASSICAL)));
        MEMORY.forgetAll();
        print("classical, forgotten", shake(client("a.example"), server(CLASSICAL)));
    }

    private static void moreThanOneGroup() throws Exception {
        print("secp384r1, met first", shake(client("b.example"), server("secp384r1")));
        print("secp384r1, met again", shake(client("b.example"), server("secp384r1")));
    }

    private static void serversThatChange() throws Exception {
        shake(client("c.example"), server(CLASSICAL));
        print("follower that learns post-quantum, between", shake(client("c.example"), server()));
        NOW.addAndGet(REOFFER_MILLIS * 1_000_000);
        print("follower that learns post-quantum, offered again", shake(client("c.example"), server()));
        print("follower that learns post-quantum, after that", shake(client("c.example"), server()));

        shake(client("d.example"), server(CLASSICAL));
        print("insister that learns post-quantum, at once", shake(client("d.example"), server("X25519MLKEM768")));
        print("insister that learns post-quantum, after that", shake(client("d.example"), server("X25519MLKEM768")));

        shake(client("o.example"), server());
        shake(client("o.example"), server(CLASSICAL));
        print("name with several servers, one of them post-quantum", shake(client("o.example"), server(CLASSICAL)));

        EnginePair cut = new EnginePair(client("e.example"), server(CLASSICAL)).receiveServerHelloAlone();
        print("classical ServerHello without an end", cut);
        print("classical ServerHello without an end, met again", shake(client("e.example"), server()));
    }

    private static void whereNothingIsToBePredicted() throws Exception {
        shake(client("f.example"), server(CLASSICAL));
        room = Integer.MAX_VALUE;
        print("where it fits", shake(client("f.example"), server(CLASSICAL)));
        room = ROOM;
        whereItDoesNotFitEvenSo();
        shake(clients.createSSLEngine(), server(CLASSICAL));
        print("nameless", shake(clients.createSSLEngine(), server(CLASSICAL)));
        shake(client("failing.example"), server(CLASSICAL));
        print("fault of ours", shake(client("failing.example"), server(CLASSICAL)));
        shake(client("g.example"), server(CLASSICAL));
        print("client's groups, the chosen one not among them",
            shake(with(client("g.example"), "X25519MLKEM768", "secp256r1"), server(CLASSICAL)));
        print("client's groups, another post-quantum one",
            shake(with(client("g.example"), "SecP256r1MLKEM768", "x25519"), server(CLASSICAL)));
        print("client's groups, none post-quantum", shake(with(client("g.example"), "secp256r1", "x25519"), server(CLASSICAL)));
        shake(client("i.example"), server(CLASSICAL));
        SSLContext datagrams = SSLContext.getInstance("DTLS");
        datagrams.init(null, null, null);
        SSLEngine datagram = datagrams.createSSLEngine("i.example", 443);
        datagram.setUseClientMode(true);
        datagram.beginHandshake();
        ByteBuffer out = ByteBuffer.allocate(datagram.getSession().getPacketBufferSize());
        datagram.wrap(ByteBuffer.allocate(0), out);
        print("datagrams, written", out.position() > 0);
    }

    /** It would without any share, and doesn't with the two that are sent in the place of the JDK's. */
    private static void whereItDoesNotFitEvenSo() throws Exception {
        shake(client("p.example"), server(CLASSICAL));
        EnginePair predicted = new EnginePair(client("p.example"), server(CLASSICAL)).shakeHands();
        room = predicted.clientHellos.get(0).length() - 50;
        print("where it doesn't fit even so", shake(client("p.example"), server(CLASSICAL)));
        print("where it doesn't fit even so, met again", shake(client("p.example"), server(CLASSICAL)));
        NOW.addAndGet(REOFFER_MILLIS * 1_000_000);
        print("where it doesn't fit even so, offered again", shake(client("p.example"), server(CLASSICAL)));
        print("where it doesn't fit even so, met after that", shake(client("p.example"), server(CLASSICAL)));
        room = ROOM;
        print("where it fits so alone once more", shake(client("p.example"), server(CLASSICAL)));
    }

    private static void kindsOfHandshakes() throws Exception {
        shake(client("j.example"), asking(server(CLASSICAL)));
        print("client authentication", shake(client("j.example"), asking(server(CLASSICAL))));
        print("TLS 1.2, met first", shake(client("l.example"), old(server(CLASSICAL))));
        print("TLS 1.2", shake(client("l.example"), old(server(CLASSICAL))));
        resumption();
        resumptionOfTls12();
    }

    private static void resumption() throws Exception {
        SSLContext ofServer = context(keys, trusting(keys));
        shake(client("k.example"), with(ofServer.createSSLEngine(), CLASSICAL));
        print("resumption", shake(resuming("k.example"), with(ofServer.createSSLEngine(), CLASSICAL)));
        NOW.addAndGet(REOFFER_MILLIS * 1_000_000);
        print("resumption, offered again", shake(resuming("k.example"), with(ofServer.createSSLEngine(), CLASSICAL)));
        print("resumption, met after that", shake(resuming("k.example"), with(ofServer.createSSLEngine(), CLASSICAL)));
    }

    private static void resumptionOfTls12() throws Exception {
        SSLContext ofServer = context(keys, trusting(keys));
        SSLEngine first = client("s.example");
        shake(first, old(with(ofServer.createSSLEngine(), CLASSICAL)));
        SSLEngine second = resuming("s.example");
        print("resumption of TLS 1.2", shake(second, old(with(ofServer.createSSLEngine(), CLASSICAL))));
        print("resumption of TLS 1.2, is of the same session", first.getSession() == second.getSession());
        NOW.addAndGet(REOFFER_MILLIS * 1_000_000);
        print("resumption of TLS 1.2, offered again", shake(resuming("s.example"), old(with(ofServer.createSSLEngine(), CLASSICAL))));
        print("resumption of TLS 1.2, met after that", shake(resuming("s.example"), old(with(ofServer.createSSLEngine(), CLASSICAL))));
        shake(client("s.example"), old(server(CLASSICAL)));
        print("resumption of TLS 1.2, after one in full", shake(resuming("s.example"), old(server(CLASSICAL))));
    }

    private static void clientsThatAuthenticateDifferently() throws Exception {
        SSLContext careless = context(keys, new TrustsAll());
        shake(client(careless, "q.example"), server(stranger, CLASSICAL));
        print("trusts all, met again", shake(client(careless, "q.example"), server(stranger, CLASSICAL)));
        print("authenticates, after one that trusts all", shake(client("q.example"), server(CLASSICAL)));

        shake(client("r.example"), server(elsewhere, CLASSICAL));
        print("names none, after a certificate of another name", shake(client("r.example"), server(CLASSICAL)));
        print("names none, met again", shake(client("r.example"), server(CLASSICAL)));
        print("names the server, after one that names none", shake(naming(client("r.example")), server(CLASSICAL)));
        print("names the server, met again", shake(naming(client("r.example")), server(CLASSICAL)));
    }

    /** Many handshakes at a time with two servers, of which one has post-quantum groups: each predicts of its own alone. */
    private static void concurrent() throws Exception {
        shake(client("m.example"), server(CLASSICAL));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<String>> tasks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            tasks.add(() -> shake(resuming("m.example"), server(CLASSICAL)));
            tasks.add(() -> shake(resuming("n.example"), server()));
        }
        List<String> seen = new ArrayList<>();
        for (Future<String> task : threads.invokeAll(tasks)) {
            // Which of them have a session to resume is chance
            seen.add(task.get().replace(" resumes", ""));
        }
        threads.shutdown();
        print("at a time", seen.stream().distinct().sorted().toList());
    }

    private static String shake(SSLEngine client, SSLEngine server) throws Exception {
        return new EnginePair(client, server).shakeHands().toString();
    }

    /** It resumes no session. */
    private static SSLEngine client(String host) {
        return client(clients, host);
    }

    private static SSLEngine client(SSLContext context, String host) {
        SSLSessionContext sessions = context.getClientSessionContext();
        for (byte[] id : Collections.list(sessions.getIds())) {
            SSLSession session = sessions.getSession(id);
            if (session != null) {
                session.invalidate();
            }
        }
        return context.createSSLEngine(host, 443);
    }

    private static SSLEngine resuming(String host) {
        return clients.createSSLEngine(host, 443);
    }

    private static SSLEngine server(String... groups) throws Exception {
        return server(keys, groups);
    }

    private static SSLEngine server(KeyStore own, String... groups) throws Exception {
        SSLEngine engine = context(own, trusting(keys)).createSSLEngine();
        return groups.length == 0 ? engine : with(engine, groups);
    }

    /** Its server's certificate has to bear its name. */
    private static SSLEngine naming(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static SSLEngine with(SSLEngine engine, String... groups) throws ReflectiveOperationException {
        SSLParameters parameters = engine.getSSLParameters();
        // JDK 20 and later
        SSLParameters.class.getMethod("setNamedGroups", String[].class).invoke(parameters, (Object) groups);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static SSLEngine old(SSLEngine engine) {
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        return engine;
    }

    private static SSLEngine asking(SSLEngine engine) {
        engine.setNeedClientAuth(true);
        return engine;
    }

    private static SSLContext context(KeyStore own, TrustManager... trust) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust, null);
        return context;
    }

    private static TrustManager[] trusting(KeyStore... stores) throws Exception {
        KeyStore all = KeyStore.getInstance("PKCS12");
        all.load(null, null);
        for (int i = 0; i < stores.length; i++) {
            all.setCertificateEntry("trusted" + i, stores[i].getCertificate("key"));
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(all);
        return trusted.getTrustManagers();
    }

    private static void print(String name, Object seen) {
        System.out.println(name + ": " + seen);
    }

    /** As a health checker may have it. */
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Whoever it is.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Whoever it is.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static final class OneRoom implements Rooms {
        @Override
        public boolean areTooSmall(String host, int port, int length) {
            if (host.equals("failing.example")) {
                throw new IllegalStateException("a fault of ours");
            }
            return length > room;
        }

        @Override
        public void expectShorter(String host, int port) {
            // Nothing is remembered of lengths.
        }
    }
}
