package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.EngineListener;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** In which order a listener hears of what happens to one connection. */
class ListenerOrderTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final EngineListener listener = (EngineListener) Proxy.newProxyInstance(
            ListenerOrderTest.class.getClassLoader(), new Class<?>[] {EngineListener.class}, (p, method, a) -> {
                heard.add(method.getName());
                return null;
            });

    @Test
    void engine_connection_check_out_end_of_the_transaction_check_in_engine() throws SQLException {
        try (Engine engine = Engine.builder("jdbc:h2:mem:order-of-events;DB_CLOSE_DELAY=-1")
                .listener(listener)
                .build()) {
            work(engine);
            work(engine);
        }
        assertThat(heard)
                .containsExactly(
                        "engineOpened",
                        "connectionOpened",
                        "checkedOut",
                        "transactionEnded",
                        "checkedIn",
                        "checkedOut",
                        "transactionEnded",
                        "checkedIn",
                        "engineClosed");
    }

    private static void work(Engine engine) throws SQLException {
        try (Connection connection = engine.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("select 1");
            connection.commit();
            connection.setAutoCommit(true);
        }
    }
}
