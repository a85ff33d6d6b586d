// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** PostgreSQL's JDBC driver; a connection an exchange. */
abstract class Postgres implements Client {
    private final String parameters;

    /** @param parameters of the database's address */
    Postgres(String parameters) {
        this.parameters = parameters;
    }

    @Override
    public String exchange(URI target) throws SQLException {
        String url = "jdbc:postgresql://" + target.getAuthority() + "/postgres?user=postgres&" + parameters;
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select 'hello'")) {
            result.next();
            return result.getString(1);
        }
    }
}
