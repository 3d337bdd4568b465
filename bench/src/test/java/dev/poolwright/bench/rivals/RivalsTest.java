package dev.poolwright.bench.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RivalsTest {

    static List<String> rivals() {
        return Rivals.names();
    }

    @ParameterizedTest
    @MethodSource("rivals")
    void each_lends_connections_that_can_do_what_the_cycles_do(String rival) throws Exception {
        try (Source source = Rivals.open(rival, Shape.fixed(2))) {
            assertThat(rowsOfQuery(source)).isEqualTo(10);
            assertThat(rowsOfUpdate(source)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("rivals")
    void each_runs_in_a_class_loader_of_its_own(String rival) throws Exception {
        try (Source source = Rivals.openInChildLoader(rival, Shape.fixed(2))) {
            assertThat(rowsOfQuery(source)).isEqualTo(10);
            try (Connection connection = source.get()) {
                Class<?> handle = connection.getClass();
                // A proxy is defined where the driver's classes are.
                boolean tells = !rival.equals("none") && !Proxy.isProxyClass(handle);
                assertThat(tells && handle.getClassLoader() == Source.class.getClassLoader())
                        .isFalse();
            }
        }
    }

    private static int rowsOfQuery(Source source) throws SQLException {
        try (Connection connection = source.get();
                PreparedStatement statement = connection.prepareStatement("select n from stock where id > ?")) {
            statement.setInt(1, 1);
            int count = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    count += rows.getInt(1) > 0 ? 1 : 0;
                }
            }
            return count;
        }
    }

    private static int rowsOfUpdate(Source source) throws SQLException {
        try (Connection connection = source.get()) {
            connection.setAutoCommit(false);
            int rows;
            try (PreparedStatement statement = connection.prepareStatement("update stock set n = n - ?")) {
                statement.setInt(1, 1);
                rows = statement.executeUpdate();
            }
            connection.commit();
            connection.setAutoCommit(true);
            return rows;
        }
    }
}
