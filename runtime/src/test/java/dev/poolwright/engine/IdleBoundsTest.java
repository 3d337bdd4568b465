package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.config.Settings;
import dev.poolwright.dialect.Pooling;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many keys, two servers; an agent's defaults: 20 idle per server, 100 in all, unless told otherwise. */
@Timeout(120)
class IdleBoundsTest {

    private static Server one;
    private static Server other;

    private final List<Connection> open = new ArrayList<>();
    private Engines engines = engines("20", "100");

    @BeforeAll
    static void start() throws SQLException {
        one = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        other = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    }

    @AfterAll
    static void stop() {
        one.stop();
        other.stop();
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection c : open) {
            c.close();
        }
        engines.closeIdle();
    }

    private static Engines engines(String perServer, String inAll) {
        Properties properties = new Properties();
        properties.setProperty("poolwright.pool.maxIdlePerServer", perServer);
        properties.setProperty("poolwright.pool.maxIdle", inAll);
        return new Engines(
                Settings.forLibrary(properties, Collections.emptyMap()), leak -> {}, nested -> {}, close -> {});
    }

    @Test
    void one_server_never_has_more_idle_than_the_bound_however_many_keys_there_are() throws SQLException {
        for (int key = 0; key < 60; key++) {
            borrow(one, key).close();
            assertThat(idle()).isLessThanOrEqualTo(20);
        }
        assertThat(idle()).isEqualTo(20);
    }

    @Test
    void the_least_recently_used_is_given_up_whichever_engine_it_is_of() throws SQLException {
        engines = engines("3", "100");
        for (int key = 0; key < 3; key++) {
            borrow(one, key).close();
        }
        borrow(one, 3).close();
        assertThat(idleOf(0, 1, 2, 3)).containsExactly(0, 1, 1, 1);
        borrow(one, 4).close();
        assertThat(idleOf(0, 1, 2, 3, 4)).containsExactly(0, 0, 1, 1, 1);
    }

    @Test
    void servers_are_bounded_on_their_own_and_together() throws SQLException {
        engines = engines("4", "6");
        for (int key = 0; key < 4; key++) {
            borrow(one, key).close();
        }
        for (int key = 0; key < 4; key++) {
            borrow(other, key).close();
            assertThat(idle()).isLessThanOrEqualTo(6);
        }
        assertThat(idleOf(0, 1, 2, 3)).containsExactly(0, 0, 1, 1);
    }

    @Test
    void what_comes_back_is_brought_below_the_bound_at_a_tick() throws Exception {
        engines = engines("5", "100");
        for (int key = 0; key < 12; key++) {
            open.add(borrow(one, key));
        }
        for (Connection c : open) {
            c.close();
        }
        long start = System.nanoTime();
        while (idle() > 5 && System.nanoTime() - start < Duration.ofSeconds(10).toNanos()) {
            Thread.onSpinWait();
        }
        assertThat(idle()).isEqualTo(5);
    }

    @Test
    void what_the_operator_does_not_bound_is_not() throws SQLException {
        engines = engines("-1", "-1");
        for (int key = 0; key < 30; key++) {
            borrow(one, key).close();
        }
        assertThat(idle()).isEqualTo(30);
    }

    @Test
    void a_server_that_refuses_one_more_gets_room_from_its_own_idle_ones_only() throws SQLException {
        borrow(one, 0).close();
        borrow(other, 0).close();
        String url = url(one, 1);

        assertThat(engines.giveUpIdle(url)).isTrue();
        assertThat(engines.giveUpIdle(url)).isFalse();
        assertThat(idle()).isEqualTo(1);
    }

    @Test
    void thousands_of_keys_cost_little_and_leave_little_behind() throws SQLException {
        for (int key = 0; key < 5_000; key++) {
            String url = url(one, key);
            engines.findOrMake(EngineKey.ofDriverManager(url, null, null), url, null, Pooling.QUEUE, false);
        }
        assertThat(engines.all()).hasSizeLessThan(200);
    }

    private Connection borrow(Server server, int key) throws SQLException {
        String url = url(server, key);
        Connection raw = DriverManager.getConnection(url);
        Engine engine = engines.findOrMake(EngineKey.ofDriverManager(url, null, null), url, null, Pooling.QUEUE, false);
        return engine.adopt(engine.reserve(), raw, 0, 0);
    }

    private static String url(Server server, int key) {
        return "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:" + key + ";DB_CLOSE_DELAY=-1";
    }

    private int idle() {
        return engines.all().stream().mapToInt(engine -> engine.stats().idle()).sum();
    }

    private List<Integer> idleOf(int... keys) {
        List<Integer> counts = new ArrayList<>();
        for (int key : keys) {
            Engine engine = engines.find(EngineKey.ofDriverManager(url(one, key), null, null));
            counts.add(engine.stats().idle());
        }
        return counts;
    }
}
