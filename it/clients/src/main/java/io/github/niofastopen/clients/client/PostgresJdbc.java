// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.github.niofastopen.FastOpenSocketFactory;

/** With the provider's socket factory, and without TLS. */
public final class PostgresJdbc extends Postgres {
    public PostgresJdbc() {
        super("socketFactory=" + FastOpenSocketFactory.class.getName());
    }
}
