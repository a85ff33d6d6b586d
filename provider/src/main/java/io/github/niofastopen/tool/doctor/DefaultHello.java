// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import io.github.niofastopen.tls.ClientHelloParts;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** The ClientHello that this JVM's default context makes, as {@code java.net.http.HttpClient} has it. Nothing is sent. */
final class DefaultHello {
    /** Not longer than most, and not shorter. */
    static final String SERVER_NAME = "www.example.org";

    private DefaultHello() {
    }

    /** @return null if what it makes can't be read */
    static ClientHelloParts make() throws NoSuchAlgorithmException, SSLException {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine(SERVER_NAME, 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        engine.setSSLParameters(parameters);
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), record);
        return ClientHelloParts.read(record.array(), 0, record.position());
    }
}
