// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** MariaDB's JDBC driver, which speaks to MySQL too, with TLS and the JVM's trust store; a connection an exchange. */
public final class MariaDb implements Client {
    @Override
    public String exchange(URI target) throws SQLException {
        String url = "jdbc:mariadb://" + target.getAuthority() + "/?user=lab&sslMode=verify-full";
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select 'hello'")) {
            result.next();
            return result.getString(1);
        }
    }
}
