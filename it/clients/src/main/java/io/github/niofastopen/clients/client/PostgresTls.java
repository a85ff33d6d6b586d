// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

/** As it comes, with TLS and the JVM's trust store: it asks for TLS in a word of its own first. */
public final class PostgresTls extends Postgres {
    public PostgresTls() {
        super("sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    }
}
