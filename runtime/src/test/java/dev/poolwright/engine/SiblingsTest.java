package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SiblingsTest {

    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Engine engine = Engine.builder("jdbc:h2:mem:siblings;DB_CLOSE_DELAY=-1")
            .user("sa")
            .password("right")
            .listener(new EngineListener() {
                @Override
                public void engineOpened(EngineInfo info, Supplier<EngineStats> stats) {
                    open.add(info.name());
                }

                @Override
                public void engineClosed(EngineInfo info) {
                    open.remove(info.name());
                }
            })
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
    void are_closed_with_their_engine() throws Exception {
        Connection lent = engine.getConnection("sa", "right");
        engine.close();
        assertThatThrownBy(() -> engine.getConnection("sa", "right")).hasMessageContaining("PW-102");
        assertThatThrownBy(() -> engine.getConnection("sa", "other")).hasMessageContaining("PW-102");
        lent.close();
        assertThat(open).isEmpty();
    }
}
