package dev.poolwright.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "postgresql, 08006, 0",
                "postgresql, 08003, 0",
                "postgresql, 57P01, 0",
                "postgresql, 57P02, 0",
                "postgresql, 57P03, 0",
                "postgresql, 57P05, 0",
                "postgresql, 25P03, 0",
                "mysql, 08S01, 0",
                "mysql, HY000, 2006",
                "mysql, HY000, 2013",
                "mysql, HY000, 4031",
                "mysql, 08S01, 1053",
                "mariadb, 70100, 1927",
                "h2, 90067, 90067",
                "h2, 90098, 90098",
                "h2, 90121, 90121",
                "hsqldb, 08503, -1353",
                "derby, 08006, 45000",
                "derby, XJ015, 50000",
                "sqlserver, 08S01, 0",
                "sqlserver, S0001, 596",
                "oracle, 61000, 28",
                "oracle, 02399, 2396",
                "oracle, 08006, 17410",
                "oracle, -, 3113",
                "db2, 08001, -4499",
                "db2, 55032, -1224",
                "other, 08006, 0"
            })
    void tell_that_a_connection_is_dead(String subprotocol, String state, int code) {
        assertThat(of(subprotocol).isDisconnect(new SQLException("x", state, code)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "postgresql, 08P01, 0", // a message of the driver was wrong, the server goes on
                "postgresql, 57014, 0", // cancelled
                "postgresql, 25P02, 0", // the transaction has failed
                "postgresql, 23505, 0",
                "postgresql, -, 0",
                "mysql, 08S01, 1047",
                "mysql, 70100, 1317",
                "mysql, HY000, 1205",
                "h2, 57014, 57014",
                "h2, 90007, 90007",
                "derby, 25001, 20000",
                "derby, 40XL1, 30000",
                "sqlite, -, 5",
                "sqlserver, S0001, 1205",
                "sqlserver, HY008, 0",
                "oracle, 72000, 1013",
                "oracle, 23000, 1",
                "db2, 57033, -913",
                "other, HYT00, 0"
            })
    void of_a_statement_leave_the_connection_alive(String subprotocol, String state, int code) {
        assertThat(of(subprotocol).isDisconnect(new SQLException("x", state, code)))
                .isFalse();
        assertThat(of(subprotocol).isDisconnect(new SQLTimeoutException("x", state, code)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql, 53300, 0",
        "mysql, 08004, 1040",
        "mariadb, 42000, 1203",
        "sqlserver, S0001, 10928",
        "sqlserver, S0001, 17809",
        "oracle, 66000, 18",
        "oracle, 66000, 20",
        "oracle, 66000, 12516",
        "oracle, 66000, 12519",
        "oracle, 66000, 12520",
        "db2, 57030, -1040"
    })
    void tell_that_there_are_too_many_connections(String subprotocol, String state, int code) {
        assertThat(of(subprotocol).isTooManyConnections(new SQLException("x", state, code)))
                .isTrue();
    }

    @Test
    void of_a_mysql_user_s_resources_tell_which_one() {
        SQLException connections =
                new SQLException("'app' has exceeded the 'max_user_connections' resource", "42000", 1226);
        SQLException queries = new SQLException("'app' has exceeded the 'max_questions' resource", "42000", 1226);

        assertThat(of("mysql").isTooManyConnections(connections)).isTrue();
        assertThat(of("mysql").isTooManyConnections(queries)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql",
                "h2",
                "mysql",
                "mariadb",
                "hsqldb",
                "derby",
                "sqlite",
                "sqlserver",
                "oracle",
                "db2",
                "other"
            })
    void to_log_in_do_not_look_like_too_many_connections(String subprotocol) {
        assertThat(of(subprotocol).isTooManyConnections(new SQLException("x", "28000", 1045)))
                .isFalse();
    }

    private static Dialect of(String subprotocol) {
        return Dialects.forUrl("jdbc:" + subprotocol + ":x");
    }
}
