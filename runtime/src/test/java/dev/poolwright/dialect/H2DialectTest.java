package dev.poolwright.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H2DialectTest {

    private final Dialect h2 = Dialects.forUrl("jdbc:h2:mem:x");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:tcp://localhost/~/orders",
                "jdbc:h2:ssl://localhost:9092/orders;IFEXISTS=TRUE",
                "jdbc:h2:tcp:localhost:9092/~/orders",
                "jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1",
                "jdbc:h2:tcp://localhost/mem:orders;db_close_delay=-1",
                "jdbc:h2:file:./orders;DB_CLOSE_DELAY=-1"
            })
    void pools_databases_that_outlive_their_connections(String url) {
        assertThat(h2.pooling(url)).isEqualTo(Pooling.QUEUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:orders",
                "jdbc:h2:./orders",
                "jdbc:h2:tcp://localhost/mem:orders",
                "jdbc:h2:tcp:localhost/mem:orders",
                "jdbc:h2:tcp://localhost/~/orders;INIT=RUNSCRIPT FROM 'x.sql'"
            })
    void opens_and_closes_each_time_what_lives_with_its_connections(String url) {
        assertThat(h2.pooling(url)).isEqualTo(Pooling.NULL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:",
                "jdbc:h2:mem:;DB_CLOSE_DELAY=-1",
                "jdbc:h2:tcp://localhost/mem:;DB_CLOSE_DELAY=-1",
                "jdbc:h2:tcp:localhost/mem:;DB_CLOSE_DELAY=-1"
            })
    void never_lends_a_database_again_that_is_private_to_its_connection(String url) {
        assertThat(h2.pooling(url)).isEqualTo(Pooling.NULL);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:tcp://db:9092/~/orders;USER=sa, db, 9092, ~/orders",
        "jdbc:h2:tcp:db/orders, db, -1, orders",
        "jdbc:h2:ssl://[::1]/orders, [::1], -1, orders",
        "jdbc:h2:tcp://db, db, -1, ''",
        "jdbc:h2:tcp://, '', -1, ''"
    })
    void knows_where_a_server_is(String url, String host, int port, String database) {
        DatabaseAddress address = h2.address(url);

        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.database()).isEqualTo(database);
    }

    @Test
    void shows_no_credentials_of_the_url() {
        assertThat(h2.address("jdbc:h2:tcp://db/orders;USER=sa;PASSWORD=secret").url())
                .isEqualTo("jdbc:h2:tcp://db/orders");
    }
}
