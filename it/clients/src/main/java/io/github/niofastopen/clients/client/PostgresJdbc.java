// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.github.niofastopen.FastOpenSocketFactory;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/** PostgreSQL's JDBC driver with the provider's socket factory. */
public final class PostgresJdbc implements Client {
    @Override
    public String exchange(URI target) throws Exception {
        String url = "jdbc:postgresql://" + target.getAuthority() + "/postgres?user=postgres&socketFactory="
            + FastOpenSocketFactory.class.getName();
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select 'hello'")) {
            result.next();
            return result.getString(1);
        }
    }
}
