// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

/** With the JVM's trust store, and with TLS from the beginning, as PostgreSQL 17's server takes it. */
public final class PostgresDirectTls extends Postgres {
    public PostgresDirectTls() {
        super("sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory&sslNegotiation=direct");
    }
}
