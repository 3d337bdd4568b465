package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.event.EngineListener;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A listener whose every method fails with an Error, as one does whose classes are missing. */
class BrokenListenerTest {

    private static final String URL = "jdbc:h2:mem:broken-listener;DB_CLOSE_DELAY=-1";

    private final EngineListener broken = (EngineListener) Proxy.newProxyInstance(
            BrokenListenerTest.class.getClassLoader(), new Class<?>[] {EngineListener.class}, (p, method, a) -> {
                throw new NoClassDefFoundError(method.getName());
            });

    @Test
    void is_not_noticed_by_the_application() throws Exception {
        Engine engine = new EngineBuilder(URL)
                .size(1)
                .overflow(0)
                .checkoutTimeout(Duration.ofSeconds(2))
                .listener(broken)
                .build();
        try (Connection c = DriverManager.getConnection(URL);
                Statement st = c.createStatement()) {
            st.execute("create table t (id int)");
        }
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement()) {
            c.setAutoCommit(false);
            st.addBatch("insert into t values (1)");
            st.executeBatch();
            c.commit();
            FutureTask<Connection> other = new FutureTask<>(engine::getConnection);
            new Thread(other).start();
            assertThatThrownBy(other::get)
                    .hasCauseInstanceOf(SQLException.class)
                    .hasMessageContaining("PW-101");
        }
        assertThat(engine.stats().idle()).isEqualTo(1);
        engine.close();
        assertThat(engine.accidents()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void costs_no_place_where_a_connection_is_adopted() throws Exception {
        Engine engine = new EngineBuilder(URL)
                .size(1)
                .connector(new NoConnector())
                .listener(broken)
                .build();
        Connection raw = DriverManager.getConnection(URL);
        Connection adopted = engine.adopt(engine.reserve(), raw, 1, 1);
        assertThat(adopted).isNotSameAs(raw);
        adopted.close();
        assertThat(engine.stats().leased()).isZero();
        engine.close();
    }
}
