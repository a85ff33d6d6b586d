// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever goes through a SOCKS proxy with the JDK's sockets goes through it with the factory's, and by the JDK's sockets. */
class SocketFactoryBehindSocksTest {
    private static final String FAR = "far.test";

    @TempDir
    Path folder;

    /** Each way to create a socket: by name, by address, by either from a local address, unconnected. */
    @ParameterizedTest
    @CsvSource({
        "none,           direct channel, direct channel",
        "property,       proxied plain,  proxied plain",
        "not-for-far,    direct channel, direct plain",
        "says-socks,     proxied plain,  proxied plain",
        "says-direct,    direct channel, direct plain",
        "says-nothing,   direct channel, direct plain",
        "says-http,      direct channel, direct plain",
        "jdk-for-http,   direct channel, direct channel",
        "no-selector,    direct channel, direct channel"})
    void socketsGoWhereTheJdksDo(String selector, String connected, String unconnected) throws Exception {
        // given: a name that isn't among those for which the JDK asks no proxy
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 " + FAR + "\n");

        // when
        ChildJvm.Result child = ChildJvm.runMain(BehindSocks.class, folder, "-Djdk.net.hosts.file=" + hosts, "-Dselector=" + selector);

        // then
        assertThat(child.errors()).isEmpty();
        assertThat(child.output()).containsExactly("jdk: " + unconnected.split(" ")[0] + " plain", "name: " + connected,
            "address: " + connected, "name from: " + connected, "address from: " + connected, "unconnected: " + unconnected);
    }

    /** The application of a child JVM. */
    static final class BehindSocks {
        private static final InetAddress HERE = InetAddress.getLoopbackAddress();

        private BehindSocks() {
        }

        private interface Creation {
            Socket create(InetSocketAddress remote) throws IOException;
        }

        public static void main(String[] arguments) throws Exception {
            FastOpenSocketFactory factory = new FastOpenSocketFactory();
            try (SocksServer proxy = new SocksServer()) {
                set(System.getProperty("selector"), proxy.address());
                tell("jdk", proxy, remote -> connected(new Socket(), remote));
                tell("name", proxy, remote -> factory.createSocket(FAR, remote.getPort()));
                tell("address", proxy, remote -> factory.createSocket(remote.getAddress(), remote.getPort()));
                tell("name from", proxy, remote -> factory.createSocket(FAR, remote.getPort(), HERE, 0));
                tell("address from", proxy, remote -> factory.createSocket(remote.getAddress(), remote.getPort(), HERE, 0));
                tell("unconnected", proxy, remote -> connected(factory.createSocket(), remote));
            }
        }

        private static Socket connected(Socket socket, InetSocketAddress remote) throws IOException {
            socket.connect(remote);
            return socket;
        }

        private static void set(String selector, InetSocketAddress proxy) {
            switch (selector) {
                case "none" -> { }
                case "property" -> setProperties(proxy, "");
                case "not-for-far" -> setProperties(proxy, FAR);
                case "says-socks" -> ProxySelector.setDefault(new Saying(List.of(new Proxy(Proxy.Type.SOCKS, proxy))));
                case "says-direct" -> ProxySelector.setDefault(new Saying(List.of(Proxy.NO_PROXY)));
                case "says-nothing" -> ProxySelector.setDefault(new Saying(List.of()));
                case "says-http" -> ProxySelector.setDefault(new Saying(List.of(new Proxy(Proxy.Type.HTTP, proxy))));
                case "jdk-for-http" -> ProxySelector.setDefault(ProxySelector.of(proxy));
                case "no-selector" -> ProxySelector.setDefault(null);
                default -> throw new IllegalArgumentException(selector);
            }
        }

        private static void setProperties(InetSocketAddress proxy, String notFor) {
            System.setProperty("socksProxyHost", proxy.getHostString());
            System.setProperty("socksProxyPort", Integer.toString(proxy.getPort()));
            System.setProperty("socksNonProxyHosts", notFor);
        }

        private static void tell(String name, SocksServer proxy, Creation creation) throws IOException {
            int before = proxy.connects();
            byte[] bytes = "hello".getBytes(StandardCharsets.US_ASCII);
            try (Echo echo = new Echo(SelectorProvider.provider());
                    Socket socket = creation.create(new InetSocketAddress(FAR, echo.address().getPort()))) {
                socket.getOutputStream().write(bytes);
                socket.getInputStream().readNBytes(bytes.length);
                System.out.println(name + ": " + (proxy.connects() > before ? "proxied" : "direct")
                    + (socket.getChannel() == null ? " plain" : " channel"));
            }
        }
    }

    private static final class Saying extends ProxySelector {
        private final List<Proxy> proxies;

        Saying(List<Proxy> proxies) {
            this.proxies = proxies;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return uri.getScheme().equals("socket") && uri.getHost().equals(FAR) ? proxies : List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            throw new IllegalStateException("the proxy failed", failure);
        }
    }
}
