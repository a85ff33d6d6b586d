// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketImpl;

/** Prints what sockets use in this JVM, and what comes back from a server by one. */
final class SocketMain {

    private SocketMain() {
    }

    /** Arguments: {@code factory} for an application that has a factory of its own. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(usedBy(new Socket()) + " " + new FastOpenSocketFactory().createSocket().getClass().getSimpleName()
            + " " + SocketEcho.echoed() + (arguments.length == 0 ? "" : " " + refusedByOwnFactory()));
    }

    /** Behind the JDK's one for proxies. */
    private static String usedBy(Socket socket) throws IOException, ReflectiveOperationException {
        Field used = Socket.class.getDeclaredField("impl");
        used.setAccessible(true);
        // JDK 25 makes it when it is needed
        socket.setTcpNoDelay(true);
        Object proxied = used.get(socket);
        Field delegate = Class.forName("java.net.DelegatingSocketImpl").getDeclaredField("delegate");
        delegate.setAccessible(true);
        return delegate.get(proxied).getClass().getSimpleName();
    }

    @SuppressWarnings("deprecation")
    private static String refusedByOwnFactory() throws IOException {
        Socket.setSocketImplFactory(SocketMain::refused);
        try {
            return new Socket(InetAddress.getLoopbackAddress(), 1).toString();
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    private static SocketImpl refused() {
        throw new IllegalStateException("own factory");
    }
}
