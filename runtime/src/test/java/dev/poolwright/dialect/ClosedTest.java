package dev.poolwright.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a driver's connection throws after close(), said by us of a connection that is still open. */
class ClosedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:closed",
                "jdbc:hsqldb:mem:closed",
                "jdbc:derby:memory:closed;create=true",
                "jdbc:sqlite::memory:"
            })
    void is_said_as_the_driver_says_it(String url) throws SQLException {
        Connection c = DriverManager.getConnection(url);
        SQLException ours = Dialects.forUrl(url).closed(c);
        c.close();
        SQLException theirs = catchThrowableOfType(SQLException.class, c::createStatement);

        assertSame(ours, theirs);
    }

    @Test
    void is_said_in_the_words_of_drivers_whose_server_is_not_here() {
        assertThat((Throwable) closed("postgresql"))
                .isInstanceOf(org.postgresql.util.PSQLException.class)
                .hasMessage("This connection has been closed.");
        assertThat(closed("postgresql").getSQLState()).isEqualTo("08003");

        assertSame(
                closed("mysql"),
                new SQLNonTransientConnectionException("No operations allowed after connection closed.", "08003"));

        assertThat((Throwable) closed("sqlserver")).isInstanceOf(com.microsoft.sqlserver.jdbc.SQLServerException.class);
        assertThat((Throwable) closed("sqlserver")).hasMessage("The connection is closed.");
        assertThat(closed("sqlserver").getSQLState()).isEqualTo("08S01");

        assertThat((Throwable) closed("oracle"))
                .isInstanceOf(SQLRecoverableException.class)
                .hasMessageStartingWith("ORA-17008: Closed connection");
        assertThat(closed("oracle").getSQLState()).isEqualTo("08003");
        assertThat(closed("oracle").getErrorCode()).isEqualTo(17008);

        assertThat(closed("db2").getErrorCode()).isEqualTo(-4470);
        assertThat(closed("db2").getSQLState()).isEqualTo("08003");
    }

    private static SQLException closed(String subprotocol) {
        // Of the loader that has the drivers.
        return Dialects.forUrl("jdbc:" + subprotocol + ":x")
                .closed(Answering.of(org.postgresql.core.BaseConnection.class, Map.of()));
    }

    private static void assertSame(SQLException ours, SQLException theirs) {
        assertThat(ours.getClass()).isEqualTo(theirs.getClass());
        assertThat(ours.getSQLState()).isEqualTo(theirs.getSQLState());
        assertThat(ours.getErrorCode()).isEqualTo(theirs.getErrorCode());
        assertThat((Throwable) ours).hasMessage(theirs.getMessage());
    }
}
