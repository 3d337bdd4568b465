package com.acme.sessions;

import java.sql.Connection;
import org.h2.jdbcx.JdbcDataSource;

/** An application with classes of a library's names that are something else. */
public final class StrangeLibrary {

    private StrangeLibrary() {}

    /** Arguments: the classes. */
    public static void main(String[] arguments) throws Exception {
        for (String name : arguments) {
            System.out.println(Class.forName(name).getDeclaredConstructor().newInstance());
        }
        JdbcDataSource source = Books.create();
        try (Connection connection = source.getConnection()) {
            System.out.println(connection.getClass().getName().startsWith("org.h2."));
        }
    }
}
