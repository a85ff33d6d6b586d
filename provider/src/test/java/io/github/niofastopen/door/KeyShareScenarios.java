// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import io.github.niofastopen.destinations.Rooms;
import io.github.niofastopen.destinations.ServerGroups;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.util.ArrayList;
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
import javax.net.ssl.TrustManagerFactory;

/**
 * Handshakes of the JDK's engines in memory, in a JVM whose key shares are predicted: prints a line for each. Arguments: a key
 * store, and {@code classical} if the JVM has no post-quantum groups.
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

    private KeyShareScenarios() {
    }

    public static void main(String[] arguments) throws Exception {
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(arguments[0])) {
            keys.load(in, PASSWORD.toCharArray());
        }
        new JdkDoor().openKeyShares(MEMORY, new OneRoom());
        print("groups", new EnginePair(client("groups.example"), server(CLASSICAL)).shakeHands().clientHellos.get(0).groups());
        classical();
        if (arguments.length == 1) {
            withPostQuantumGroups();
        }
    }

    private static void withPostQuantumGroups() throws Exception {
        moreThanOneGroup();
        serversThatChange();
        whereNothingIsToBePredicted();
        kindsOfHandshakes();
        concurrent();
    }

    private static void classical() throws Exception {
        print("classical, met first", shake(client("a.example"), server(CLASSICAL)));
        EnginePair second = new EnginePair(client("a.example"), server(CLASSICAL)).shakeHands();
        print("classical, met again", second);
        print("classical, groups", second.clientHellos.get(0).groups());
        print("classical, on another port", shake(context().createSSLEngine("a.example", 8443), server(CLASSICAL)));
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
        shake(context().createSSLEngine(), server(CLASSICAL));
        print("nameless", shake(context().createSSLEngine(), server(CLASSICAL)));
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
        SSLContext one = context();
        SSLContext other = context();
        shake(one.createSSLEngine("k.example", 443), with(other.createSSLEngine(), CLASSICAL));
        print("resumption", shake(one.createSSLEngine("k.example", 443), with(other.createSSLEngine(), CLASSICAL)));
        SSLEngine old = server(CLASSICAL);
        old.setEnabledProtocols(new String[] {"TLSv1.2"});
        shake(client("l.example"), old);
        SSLEngine oldAgain = server(CLASSICAL);
        oldAgain.setEnabledProtocols(new String[] {"TLSv1.2"});
        print("TLS 1.2", shake(client("l.example"), oldAgain));
    }

    /** Many handshakes at a time with two servers, of which one has post-quantum groups: each predicts of its own alone. */
    private static void concurrent() throws Exception {
        shake(client("m.example"), server(CLASSICAL));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<String>> tasks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            tasks.add(() -> shake(client("m.example"), server(CLASSICAL)));
            tasks.add(() -> shake(client("n.example"), server()));
        }
        List<String> seen = new ArrayList<>();
        for (Future<String> task : threads.invokeAll(tasks)) {
            seen.add(task.get());
        }
        threads.shutdown();
        print("at a time", seen.stream().distinct().sorted().toList());
    }

    private static String shake(SSLEngine client, SSLEngine server) throws Exception {
        return new EnginePair(client, server).shakeHands().toString();
    }

    private static SSLEngine client(String host) throws Exception {
        return context().createSSLEngine(host, 443);
    }

    private static SSLEngine server(String... groups) throws Exception {
        SSLEngine engine = context().createSSLEngine();
        return groups.length == 0 ? engine : with(engine, groups);
    }

    private static SSLEngine with(SSLEngine engine, String... groups) throws ReflectiveOperationException {
        SSLParameters parameters = engine.getSSLParameters();
        // JDK 20 and later
        SSLParameters.class.getMethod("setNamedGroups", String[].class).invoke(parameters, (Object) groups);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static SSLEngine asking(SSLEngine engine) {
        engine.setNeedClientAuth(true);
        return engine;
    }

    private static SSLContext context() throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static void print(String name, Object seen) {
        System.out.println(name + ": " + seen);
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
