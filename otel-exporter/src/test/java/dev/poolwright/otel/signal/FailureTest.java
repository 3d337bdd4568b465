package dev.poolwright.otel.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql,           40001, 0,    40001",
        "cockroachdb,          40001, 0,    40001",
        "mysql,                23000, 1062, 1062",
        "mysql,                08S01, 0,",
        "mariadb,              23000, 1062, 23000",
        "mariadb,              ,      1062, 1062",
        "microsoft.sql_server, S0001, 2627, 2627",
        "oracle.db,            23000, 1,    1",
        "ibm.db2,              23505, -803, -803",
        "sqlite,               ,      19,   19",
        "h2database,           23505, 23505, 23505/23505",
        "derby,                23505, 20000, 23505/20000",
        "other_sql,            42000, 1071, 42000/1071",
        "other_sql,            42000, 0,    42000",
        "other_sql,            ,      1071, 1071",
        "other_sql,            ,      0,",
    })
    void gives_the_code_that_the_conventions_want_of_each_database(
            String system, String state, int vendorCode, String expected) {
        Failure failure = Failure.ofCall(system, new SQLException("secret", state, vendorCode));

        assertThat(failure.statusCode()).isEqualTo(expected);
        assertThat(failure.errorType()).isEqualTo(expected == null ? "java.sql.SQLException" : expected);
        assertThat(failure.description())
                .isEqualTo(state == null ? "java.sql.SQLException" : state + " java.sql.SQLException");
    }

    @Test
    void names_the_class_of_anything_else() {
        Failure failure = Failure.ofCall("postgresql", new OutOfMemoryError("secret"));

        assertThat(failure.errorType()).isEqualTo("java.lang.OutOfMemoryError");
        assertThat(failure.statusCode()).isNull();
        assertThat(failure.description()).isEqualTo("java.lang.OutOfMemoryError");
    }

    @Test
    void ends_in_a_ring_of_causes() {
        IOException first = new IOException("secret");
        IOException second = new IOException("secret", first);
        first.initCause(second);

        assertThat(Failure.ofFlush(first).description()).isEqualTo("java.io.IOException");
    }
}
