package dev.poolwright.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliveTest {

    @Test
    void a_connection_that_hsqldb_takes_for_valid_is_found_dead_after_shutdown() throws SQLException {
        Connection c = DriverManager.getConnection("jdbc:hsqldb:mem:alive");
        Dialect hsqldb = Dialects.forUrl("jdbc:hsqldb:mem:alive");
        assertThat(hsqldb.isAlive(c, 5)).isTrue();
        try (Connection other = DriverManager.getConnection("jdbc:hsqldb:mem:alive");
                Statement st = other.createStatement()) {
            st.execute("shutdown");
        }
        assertThat(c.isValid(5)).as("what HSQLDB says").isTrue();
        assertThatThrownBy(() -> hsqldb.isAlive(c, 5)).isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:derby:memory:alive;create=true", "jdbc:sqlite::memory:"})
    void a_connection_of_a_driver_older_than_isvalid_is_asked_by_a_query(String url) throws SQLException {
        Dialect dialect = Dialects.forUrl(url);
        Connection c = DriverManager.getConnection(url);
        c.setAutoCommit(false);
        assertThat(dialect.isAlive(withoutIsValid(c), 5)).isTrue();
        c.close(); // Derby refuses it in a transaction
        assertThatThrownBy(() -> dialect.isAlive(withoutIsValid(c), 5)).isInstanceOf(SQLException.class);
    }

    private static Connection withoutIsValid(Connection c) {
        return (Connection) Proxy.newProxyInstance(
                AliveTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("isValid")) {
                        throw new AbstractMethodError("isValid");
                    }
                    try {
                        return method.invoke(c, arguments);
                    } catch (java.lang.reflect.InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
