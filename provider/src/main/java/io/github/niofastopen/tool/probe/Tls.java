// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Makes the TLS client of each connection. */
public final class Tls {
    private final TrustManager[] trust;
    private final boolean verified;

    private Tls(TrustManager[] trust, boolean verified) {
        this.trust = trust;
        this.verified = verified;
    }

    /** One that verifies certificates, and the host's name in them, as the JDK's clients do. */
    public static Tls verifying() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager && ((X509TrustManager) manager).getAcceptedIssuers().length == 0) {
                throw new KeyStoreException("there are none, or they can't be read without a password");
            }
        }
        return new Tls(factory.getTrustManagers(), true);
    }

    /** One to which any certificate will do. */
    public static Tls insecure() {
        return new Tls(new TrustManager[] {new TrustsAll()}, false);
    }

    /** A client whose later connections resume the session of its first, where the server lets them. */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param groups the named groups to offer, those with a share first; null for what the JVM has by default */
    SSLEngine engine(SSLContext context, Target target, String[] groups) {
        SSLEngine engine = context.createSSLEngine(target.host(), target.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (verified) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (target.path() != null) {
            parameters.setApplicationProtocols(new String[] {"http/1.1"});
        }
        if (groups != null) {
            NamedGroups.set(parameters, groups);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static final class TrustsAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
