// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import io.github.niofastopen.clients.Exchanges;
import javax.net.ssl.SSLContext;

/** A directory with one entry. */
final class LdapServer {

    private LdapServer() {
    }

    static void start(SSLContext context, int port) throws LDAPException, LDIFException {
        InMemoryDirectoryServerConfig configuration = new InMemoryDirectoryServerConfig("dc=lab");
        configuration.setListenerConfigs(
            InMemoryListenerConfig.createLDAPSConfig("lab", null, port, context.getServerSocketFactory(), null));
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(configuration);
        server.add("dn: dc=lab", "objectClass: domain", "dc: lab", "description: " + Exchanges.CONTENT);
        server.startListening();
    }
}
