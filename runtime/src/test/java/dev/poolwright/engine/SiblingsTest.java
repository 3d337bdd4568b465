package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SiblingsTest {

    private final Map<String, Supplier<EngineStats>> stats = new ConcurrentHashMap<>();
    private final Set<String> open = stats.keySet();
    private final EngineListener listener = new EngineListener() {
        @Override
        public void engineOpened(EngineInfo info, Supplier<EngineStats> counts) {
            stats.put(info.name(), counts);
        }

        @Override
        public void engineClosed(EngineInfo info) {
            stats.remove(info.name());
        }
    };
    private final String database = "jdbc:h2:mem:siblings" + System.nanoTime() + ";DB_CLOSE_DELAY=-1";
    private final Engine engine = Engine.builder(database)
            .user("sa")
            .password("right")
            .listener(listener)
            .build();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void right_credentials_have_a_pool_of_their_own() throws Exception {
        engine.getConnection().close();
        engine.getConnection("sa", "right").close();
        engine.getConnection("sa", "right").close();
        assertThat(engine.stats().opened()).isEqualTo(1);
        assertThat(open).hasSize(2);
    }

    @Test
    void credentials_that_are_refused_leave_nothing_behind() throws Exception {
        engine.getConnection().close();
        assertThatThrownBy(() -> engine.getConnection("sa", "wrong")).isInstanceOf(SQLException.class);
        assertThat(open).containsExactly(engine.info().name());
    }

    @Test
    void are_not_suspended_resized_or_disposed_of_with_their_engine() throws Exception {
        engine.getConnection().close();
        engine.getConnection("sa", "right").close();
        engine.suspend();
        engine.resize(0, 0);
        engine.dispose();

        engine.getConnection("sa", "right").close();

        assertThat(engine.stats().idle()).isZero();
        Supplier<EngineStats> sibling = stats.entrySet().stream()
                .filter(each -> !each.getKey().equals(engine.info().name()))
                .findFirst()
                .orElseThrow()
                .getValue();
        assertThat(sibling.get().opened()).isEqualTo(1);
        assertThat(sibling.get().idle()).isEqualTo(1);
        assertThat(sibling.get().size()).isEqualTo(5);
    }

    @Test
    void are_closed_with_their_engine() throws Exception {
        Connection lent = engine.getConnection("sa", "right");
        engine.close();
        assertThatThrownBy(() -> engine.getConnection("sa", "right")).hasMessageContaining("PW-102");
        assertThatThrownBy(() -> engine.getConnection("sa", "other")).hasMessageContaining("PW-102");
        lent.close();
        assertThat(open).isEmpty();
    }

    @Test
    void hear_of_a_listener_that_is_set_later() throws Exception {
        List<String> heard = new ArrayList<>();
        engine.getConnection("sa", "right").close();
        engine.listener(new EngineListener() {
            @Override
            public void checkedOut(EngineInfo info, long waitedNanos) {
                heard.add(info.name());
            }
        });
        engine.getConnection("sa", "right").close();
        execute("create user other password 'x' admin");
        engine.getConnection("other", "x").close();
        engine.getConnection().close();
        assertThat(heard).hasSize(3).doesNotHaveDuplicates();
        engine.listener(listener);
    }

    @Test
    void with_an_old_password_keep_nothing_idle_once_a_newer_one_has_connected() throws Exception {
        execute("create user other password 'x' admin");
        engine.getConnection().close();
        engine.getConnection("other", "x").close();
        engine.getConnection("sa", "right").close();
        Connection lent = engine.getConnection("sa", "right");
        execute("set password 'newer'");
        assertThat(engine.stats().idle()).isEqualTo(1);

        engine.getConnection("sa", "newer").close();

        assertThat(engine.stats().idle()).isZero();
        assertThat(idle()).containsExactlyInAnyOrder(0, 0, 1, 1);
        lent.close();
        assertThat(idle()).containsExactlyInAnyOrder(0, 0, 1, 1);
        // Only the first time: whoever comes with both goes on with both.
        try (Connection c = DriverManager.getConnection(database, "sa", "newer");
                Statement st = c.createStatement()) {
            st.execute("set password 'right'");
        }
        engine.getConnection("sa", "right").close();
        engine.getConnection("sa", "newer").close();
        assertThat(idle()).containsExactlyInAnyOrder(0, 1, 1, 1);
    }

    @Test
    void with_a_wrong_password_close_nothing() throws Exception {
        engine.getConnection().close();
        engine.getConnection("sa", "right").close();
        assertThatThrownBy(() -> engine.getConnection("sa", "wrong")).isInstanceOf(SQLException.class);
        assertThat(idle()).containsExactly(1, 1);
    }

    @Test
    void without_a_connection_are_dropped_when_there_are_many() throws Exception {
        try (Engine keeping = Engine.builder(database)
                .user("sa")
                .password("right")
                .size(0)
                .listener(listener)
                .build()) {
            for (int i = 0; i < 150; i++) {
                execute("create user u" + i + " password 'x' admin");
                keeping.getConnection("u" + i, "x").close();
            }
            assertThat(open).hasSizeLessThan(70);
        }
    }

    /** On a connection of nobody's: what this kind of SQL was run on is not lent again. */
    private void execute(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection(database, "sa", "right");
                Statement st = c.createStatement()) {
            st.execute(sql);
        }
    }

    private List<Integer> idle() {
        return stats.values().stream().map(counts -> counts.get().idle()).toList();
    }
}
