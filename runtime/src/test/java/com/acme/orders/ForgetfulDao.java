package com.acme.orders;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** An application's code as far as lines are named: the packages of Poolwright never are. */
public final class ForgetfulDao {

    private ForgetfulDao() {}

    /** Leaves the closing to the caller. */
    public static Connection open(DataSource source) throws SQLException {
        return source.getConnection();
    }

    /** Leaves a statement open. */
    public static void forget(Connection connection) throws SQLException {
        connection.createStatement();
    }

    /** Runs {@code texts} in one transaction and closes the connection without ending it. */
    public static void run(Connection fresh, String... texts) throws SQLException {
        try (Connection connection = fresh;
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String text : texts) {
                statement.execute(text);
            }
        }
    }
}
