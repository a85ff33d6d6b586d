// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.TrustManagerFactory;

/** TLS 1.3 between the two ends, with a certificate made on the spot. */
final class Tls {
    private static final String PASSWORD = "changeit";
    private static final int HELLO_MOST = 1 << 15;

    private Tls() {
    }

    /** A context that has the key of a key store and trusts it. */
    static SSLContext context(Path keyStore) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    static Path createKeyStoreIn(Path folder) throws IOException, InterruptedException {
        Path keyStore = folder.resolve("benchmark.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-alias", "benchmark", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=benchmark",
            "-ext", "san=ip:127.0.0.1", "-validity", "3", "-storetype", "PKCS12", "-keystore", keyStore.toString(),
            "-storepass", PASSWORD).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
            throw new IOException("keytool made no certificate: " + output);
        }
        return keyStore;
    }

    /** A client's end that sets up a session of its own, or, with a peer's name, takes up the last one. */
    static SSLEngine client(SSLContext context, boolean resumed, int port) {
        SSLEngine engine = resumed ? context.createSSLEngine("127.0.0.1", port) : context.createSSLEngine();
        engine.setUseClientMode(true);
        return engine;
    }

    /** A first flight as the JDK makes it. */
    static ByteBuffer clientHello() throws IOException, GeneralSecurityException {
        ByteBuffer hello = ByteBuffer.allocateDirect(HELLO_MOST);
        SSLEngineResult result = client(SSLContext.getDefault(), false, 0).wrap(ByteBuffer.allocate(0), hello);
        if (hello.position() == 0) {
            throw new IOException("there was no ClientHello: " + result);
        }
        return hello.flip();
    }
}
