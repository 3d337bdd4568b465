package dev.poolwright.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/orders",
                "jdbc:mysql://db/orders?spool=true&poolName=x",
                "jdbc:mysql:loadbalance://a,b/orders",
                "jdbc:mariadb://db/orders?pool=false&maxPoolSize=3",
                "jdbc:hsqldb:hsql://db/orders",
                "jdbc:derby://db/orders;create=true",
                "jdbc:sqlserver://db;databaseName=orders",
                "jdbc:oracle:thin:@//db/orders",
                "jdbc:db2://db/orders",
                "jdbc:h2:tcp://localhost/~/orders",
                "jdbc:h2:ssl://localhost:9092/orders;IFEXISTS=TRUE",
                "jdbc:h2:tcp:localhost:9092/~/orders",
                "jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1",
                "jdbc:h2:tcp://localhost/mem:orders;db_close_delay=-1",
                "jdbc:h2:file:./orders;DB_CLOSE_DELAY=-1"
            })
    void keeps_connections_to_servers_and_to_databases_that_outlive_them(String url) {
        assertThat(Dialects.forUrl(url).pooling(url, null)).isEqualTo(Pooling.QUEUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:orders",
                "jdbc:h2:./orders",
                "jdbc:h2:tcp://localhost/mem:orders",
                "jdbc:h2:tcp:localhost/mem:orders",
                "jdbc:h2:tcp://localhost/~/orders;INIT=RUNSCRIPT FROM 'x.sql'",
                "jdbc:hsqldb:mem:orders",
                "jdbc:hsqldb:mem:orders;shutdown=true",
                "jdbc:hsqldb:file:orders",
                "jdbc:hsqldb:orders",
                "jdbc:derby:memory:orders;create=true",
                "jdbc:derby:orders",
                "jdbc:derby://db/orders;restoreFrom=/backup"
            })
    void opens_and_closes_each_time_what_lives_or_is_locked_with_its_connections(String url) {
        assertThat(Dialects.forUrl(url).pooling(url, null)).isEqualTo(Pooling.NULL);
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
        assertThat(Dialects.forUrl(url).pooling(url, null)).isEqualTo(Pooling.NULL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:other://db/orders",
                "jdbc:postgresqlx://db/orders",
                "jdbc:default:connection",
                "orders",
                "",
                "jdbc:mariadb://db/orders?user=x&pool",
                "jdbc:mariadb://db/orders?pool=true",
                "jdbc:mysql://db/orders?pool&user=x",
                "jdbc:mariadb://db/orders?a=b&POOL=1",
                "jdbc:mariadb://db/orders?pool=&user=x",
                "jdbc:oracle:kprb:",
                "jdbc:oracle:thin:@//db:1521/orders:pooled",
                "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=db))(CONNECT_DATA=(SERVER = POOLED)))",
                "jdbc:oracle:thin:@db/orders?SERVER=POOLED",
                "jdbc:derby:orders;shutdown=true",
                "jdbc:derby:;shutdown=true",
                "jdbc:derby:memory:orders;DROP=true",
                "jdbc:derby://db/orders;shutdown=true",
                "jdbc:sqlite:orders.db",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:",
                "jdbc:sqlite:file:x?mode=memory&cache=shared"
            })
    void leaves_alone_what_is_no_connection_or_another_s_or_cast_or_unknown(String url) {
        assertThat(Dialects.forUrl(url).pooling(url, null)).isEqualTo(Pooling.PASS_THROUGH);
    }

    @Test
    void looks_at_the_properties_as_well() {
        assertThat(pooling("jdbc:mariadb://db/orders", "pool", "true")).isEqualTo(Pooling.PASS_THROUGH);
        assertThat(pooling("jdbc:mariadb://db/orders", "Pool", true)).isEqualTo(Pooling.PASS_THROUGH);
        assertThat(pooling("jdbc:mariadb://db/orders?pool=false", "pool", "")).isEqualTo(Pooling.PASS_THROUGH);
        assertThat(pooling("jdbc:mariadb://db/orders", "pool", "0")).isEqualTo(Pooling.QUEUE);
        assertThat(pooling("jdbc:h2:mem:orders", "DB_CLOSE_DELAY", "-1")).isEqualTo(Pooling.QUEUE);
        assertThat(pooling("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1", "init", "set schema a"))
                .isEqualTo(Pooling.NULL);
        assertThat(pooling("jdbc:derby:orders", "shutdown", "true")).isEqualTo(Pooling.PASS_THROUGH);
        assertThat(pooling("jdbc:derby://db/orders", "restoreFrom", "/backup")).isEqualTo(Pooling.NULL);

        Properties behind = new Properties();
        behind.setProperty("pool", "true");
        assertThat(Dialects.forUrl("jdbc:mysql:").pooling("jdbc:mysql://db/orders", new Properties(behind)))
                .isEqualTo(Pooling.PASS_THROUGH);
    }

    private static Pooling pooling(String url, String name, Object value) {
        Properties info = new Properties();
        info.put("user", "clerk");
        info.put(name, value);
        return Dialects.forUrl(url).pooling(url, info);
    }
}
