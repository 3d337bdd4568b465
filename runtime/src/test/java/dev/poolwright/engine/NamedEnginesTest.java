package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.event.ConnectionListener;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class NamedEnginesTest {

    private static EngineBuilder orders() {
        return Engine.builder("jdbc:h2:mem:named;DB_CLOSE_DELAY=-1")
                .name("orders")
                .user("sa");
    }

    @Test
    void with_the_same_settings_are_one_engine_until_that_is_closed() throws Exception {
        Engine first = orders().size(3).build();
        assertThat(orders().size(3).build()).isSameAs(first);
        assertThat(Engine.named("orders")).isSameAs(first);
        assertThat(first.info().name()).isEqualTo("orders");
        first.getConnection().close();

        first.close();

        assertThat(Engine.named("orders")).isNull();
        try (Engine second = orders().size(4).build()) {
            assertThat(second).isNotSameAs(first);
            assertThat(second.info().name()).isEqualTo("orders");
            first.close();
            assertThat(Engine.named("orders")).isSameAs(second);
        }
    }

    /** Its server may take its time to say goodbye. */
    @Test
    void have_their_name_back_while_the_one_before_is_closing() throws Exception {
        List<Engine> made = new ArrayList<>();
        Engine first = orders().connectionListener(new ConnectionListener() {
                    @Override
                    public void close(Connection raw) {
                        made.add(orders().size(7).build());
                    }
                })
                .build();
        first.getConnection().close();

        first.close();

        try (Engine second = made.get(0)) {
            assertThat(second.info().name()).isEqualTo("orders");
            assertThat(Engine.named("orders")).isSameAs(second);
        }
    }

    @Test
    void with_other_settings_are_refused_with_their_names_and_no_secret() {
        try (Engine known = orders().password("secret1")
                .property("TRACE_LEVEL_FILE", "0")
                .size(3)
                .build()) {
            assertThat(known.isClosed()).isFalse();
            assertThatThrownBy(() -> orders().password("secret2")
                            .property("TRACE_LEVEL_FILE", "1")
                            .size(4)
                            .recycle(Duration.ZERO)
                            .withoutPool()
                            .build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "there is an engine named orders with other settings: password, property TRACE_LEVEL_FILE,"
                                    + " size 3 and not 4, recycle PT30M and not PT0S, kind QUEUE and not NULL; close it, give this"
                                    + " one another name, or the same settings [PW-109]");
            assertThatThrownBy(() -> Engine.builder("jdbc:h2:mem:other;PASSWORD=secret3")
                            .name("orders")
                            .user("sa")
                            .password("secret1")
                            .property("TRACE_LEVEL_FILE", "0")
                            .size(3)
                            .build())
                    .hasMessageContaining("other settings: source;");
        }
    }

    /** Two data sources may differ in what no getter shows. */
    @Test
    void over_data_sources_are_the_same_where_those_are_the_very_same() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:named");
        try (Engine first = Engine.builder(source).name("of a source").build()) {
            assertThat(Engine.builder(source).name("of a source").build()).isSameAs(first);
            JdbcDataSource other = new JdbcDataSource();
            other.setURL("jdbc:h2:mem:named");
            assertThatThrownBy(() -> Engine.builder(other).name("of a source").build())
                    .hasMessageContaining("PW-109");
        }
    }

    @Test
    void have_siblings_named_after_them() throws Exception {
        List<String> opened = new ArrayList<>();
        EngineListener listener = new EngineListener() {
            @Override
            public void engineOpened(EngineInfo info, Supplier<EngineStats> stats) {
                opened.add(info.name());
            }
        };
        try (Engine engine = orders().listener(listener).build()) {
            engine.getConnection("sa", null).close();
            assertThat(opened).containsExactly("orders", "orders@sa");
        }
    }

    @Test
    void are_made_once_where_many_threads_ask_at_the_same_moment() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 100; round++) {
                Callable<Engine> ask = () -> orders().build();
                Set<Engine> all = ConcurrentHashMap.newKeySet();
                for (Future<Engine> each : threads.invokeAll(java.util.Collections.nCopies(8, ask))) {
                    all.add(each.get());
                }
                assertThat(all).hasSize(1);
                all.iterator().next().close();
            }
        } finally {
            threads.shutdown();
        }
    }
}
