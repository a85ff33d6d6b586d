// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An HTTPS server that supports other groups with each connection. */
public final class GroupsServer {
    /** In the place of groups: the JDK's. */
    public static final String DEFAULT = "default";
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello\n";

    private GroupsServer() {
    }

    /** Arguments: a key store, its password, a port, and the groups of each connection, separated by commas; the last stay. */
    public static void main(String[] args) throws Exception {
        SSLContext context = context(Path.of(args[0]), args[1].toCharArray());
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(Integer.parseInt(args[2])))) {
            for (int next = 3;; next = Math.min(next + 1, args.length - 1)) {
                serve(context, server.accept().socket(), args[next].split(","));
            }
        }
    }

    private static void serve(SSLContext context, Socket accepted, String[] groups) throws IOException, ReflectiveOperationException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true)) {
            if (!groups[0].equals(DEFAULT)) {
                SSLParameters parameters = socket.getSSLParameters();
                // JDK 20 and later
                SSLParameters.class.getMethod("setNamedGroups", String[].class).invoke(parameters, (Object) groups);
                socket.setSSLParameters(parameters);
            }
            InputStream in = socket.getInputStream();
            for (int newlines = 0; newlines < 2;) {
                int read = in.read();
                newlines = read == '\n' ? newlines + 1 : read == '\r' ? newlines : 0;
            }
            socket.getOutputStream().write(RESPONSE.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static SSLContext context(Path keyStore, char[] password) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
