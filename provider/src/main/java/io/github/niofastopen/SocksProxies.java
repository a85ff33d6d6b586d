// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import io.github.niofastopen.linux.Privileged;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.PrivilegedAction;
import java.util.List;

/**
 * Whether a plain socket of the JDK would go through a SOCKS proxy, as {@code java.net.SocksSocketImpl.connect} finds it. Where
 * that can't be told the answer is yes: a proxy may be there for safety.
 */
final class SocksProxies {
    /** What a SOCKS proxy is configured for. */
    private static final InetSocketAddress ANY = InetSocketAddress.createUnresolved("nio-fastopen.invalid", 443);

    private SocksProxies() {
    }

    /** Whether one applies to a destination. */
    static boolean applyTo(InetSocketAddress remote) {
        try {
            ProxySelector selector = Privileged.get(new Default());
            return selector != null && isSocks(selector.select(uri(remote)));
        } catch (URISyntaxException | RuntimeException e) {
            // The JDK's socket finds the same, and has the exception for it.
            return true;
        }
    }

    /** Whether one may apply to a destination that isn't known yet: an application's own selector may say so of any. */
    static boolean mayApply() {
        try {
            ProxySelector selector = Privileged.get(new Default());
            return selector != null && (!isOfTheJdk(selector) || isPropertySet() || applyTo(ANY));
        } catch (RuntimeException e) {
            return true;
        }
    }

    private static boolean isSocks(List<Proxy> proxies) {
        return proxies != null && !proxies.isEmpty() && proxies.get(0) != null && proxies.get(0).type() == Proxy.Type.SOCKS;
    }

    private static URI uri(InetSocketAddress remote) throws URISyntaxException {
        return new URI("socket", null, remote.getHostString(), remote.getPort(), null, null, null);
    }

    private static boolean isOfTheJdk(ProxySelector selector) {
        return selector.getClass().getModule() == Object.class.getModule();
    }

    private static boolean isPropertySet() {
        return Privileged.get(new IsPropertySet());
    }

    /** The JDK's sockets ask for it with their own permissions, too. */
    private static final class Default implements PrivilegedAction<ProxySelector> {
        @Override
        public ProxySelector run() {
            return ProxySelector.getDefault();
        }
    }

    private static final class IsPropertySet implements PrivilegedAction<Boolean> {
        @Override
        public Boolean run() {
            return !System.getProperty("socksProxyHost", "").isEmpty();
        }
    }
}
