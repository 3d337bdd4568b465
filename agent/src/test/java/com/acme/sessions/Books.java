package com.acme.sessions;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;

/** The database of these programs. */
final class Books {

    static final String URL = "jdbc:h2:mem:books;DB_CLOSE_DELAY=-1";

    private Books() {}

    /** With tables in it that are empty. */
    static JdbcDataSource create() throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(URL);
        source.setUser("sa");
        source.setPassword("");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table entry (id int primary key, amount int)");
            statement.execute("create table note (entry_id int, text varchar(80))");
        }
        return source;
    }

    static int rows(JdbcDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from entry")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
