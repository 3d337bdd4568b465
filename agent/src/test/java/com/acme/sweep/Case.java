package com.acme.sweep;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one call works on: the objects around its target, by name, so that a value that is one of them can be named. */
final class Case {

    /** Something that can be closed. */
    interface Ending {
        void end() throws Exception;
    }

    final SweptDatabase database;
    final Connection connection;
    /** Of a driver's own, if a state makes one. */
    Savepoint savepoint;

    private final Map<String, Object> named = new LinkedHashMap<>();
    private final Deque<Ending> endings = new ArrayDeque<>();

    Case(SweptDatabase database, Connection connection) {
        this.database = database;
        this.connection = connection;
        named.put("the connection", connection);
    }

    /** Keeps an object under a name. */
    <T> T keep(String name, T object) {
        named.put(name, object);
        if (object instanceof Statement statement) {
            endings.push(statement::close);
        } else if (object instanceof ResultSet rows) {
            endings.push(rows::close);
        }
        return object;
    }

    Object kept(String name) {
        return named.get(name);
    }

    /** The name of exactly this object, or null. */
    String nameOf(Object object) {
        for (Map.Entry<String, Object> entry : named.entrySet()) {
            if (entry.getValue() == object) {
                return entry.getKey();
            }
        }
        return null;
    }

    Statement statement() throws SQLException {
        return keep("a statement", connection.createStatement());
    }

    /** Closes what was kept, the newest first; the connection stays. */
    void end() {
        while (!endings.isEmpty()) {
            try {
                endings.pop().end();
            } catch (Exception closedOrBroken) {
                // The call may have done that, and says so.
            }
        }
    }
}
