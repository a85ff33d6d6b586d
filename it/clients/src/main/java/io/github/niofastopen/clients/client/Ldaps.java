// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/** The JDK's LDAP client, which looks one entry up; a connection an exchange. */
public final class Ldaps implements Client {
    @Override
    public String exchange(URI target) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, "ldaps://" + target.getAuthority());
        DirContext context = new InitialDirContext(environment);
        try {
            return (String) context.getAttributes("dc=lab").get("description").get();
        } finally {
            context.close();
        }
    }
}
