package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.EngineStats;
import dev.poolwright.pool.Fixture;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that is disposed of, resized, suspended and resumed while it works fails no call and loses nothing. */
@Timeout(120)
class ChangesUnderLoadTest {

    private static final String URL = "jdbc:h2:mem:changes;DB_CLOSE_DELAY=-1";
    private static final long NANOS = 2_000_000_000L;

    @Test
    void and_in_the_end_its_counts_are_the_server_s() throws Exception {
        try (Connection watching = DriverManager.getConnection(URL);
                Engine engine = Engine.builder(URL)
                        .size(4)
                        .overflow(2)
                        .checkoutTimeout(Duration.ofSeconds(60))
                        .build()) {
            AtomicBoolean over = new AtomicBoolean();
            List<Fixture.Running<Integer>> borrowers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                borrowers.add(Fixture.async(() -> {
                    int borrowed = 0;
                    for (; !over.get(); borrowed++) {
                        use(engine);
                    }
                    return borrowed;
                }));
            }
            long end = Ticker.SYSTEM.nanos() + NANOS;
            while (Ticker.SYSTEM.nanos() < end) {
                change(engine);
            }
            engine.resume();
            engine.resize(4, 2);
            over.set(true);
            for (Fixture.Running<Integer> borrower : borrowers) {
                assertThat(borrower.get()).isPositive();
            }

            Fixture.eventually(() -> engine.stats().leased() == 0);
            Fixture.eventually(() -> sessions(watching) - 1 == engine.stats().idle());
            EngineStats stats = engine.stats();
            assertThat(stats.opened() - stats.closed()).isEqualTo(stats.idle());
            assertThat(stats.idle()).isLessThanOrEqualTo(4);
            assertThat(engine.accidents()).isZero();
        }
    }

    private static void use(Engine engine) throws SQLException {
        try (Connection connection = engine.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    private static void change(Engine engine) {
        switch (ThreadLocalRandom.current().nextInt(4)) {
            case 0:
                engine.dispose();
                break;
            case 1:
                engine.resize(
                        ThreadLocalRandom.current().nextInt(5),
                        1 + ThreadLocalRandom.current().nextInt(3));
                break;
            case 2:
                engine.suspend();
                break;
            default:
                engine.resume();
        }
    }

    private static int sessions(Connection watching) {
        try (Statement statement = watching.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from information_schema.sessions")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
