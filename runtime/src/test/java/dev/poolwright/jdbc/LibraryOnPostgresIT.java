package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineView;
import dev.poolwright.event.ConnectionListener;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** Listeners, views, data sources and futures where a server is at the other end. */
@Timeout(120)
class LibraryOnPostgresIT {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] {postgres.getPort()});
        source.setDatabaseName("postgres");
        source.setUser("postgres");
        return source;
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A reset of the session takes it away with what the borrower set; it is brought back as what the driver sets is. */
    @Test
    void what_a_listener_sets_at_connect_is_what_each_borrower_finds() throws SQLException {
        ConnectionListener sets = new ConnectionListener() {
            @Override
            public void connect(Connection raw) throws SQLException {
                run(raw, "set work_mem = '7MB'");
                run(raw, "set search_path to app, public");
            }
        };
        try (Engine engine =
                Engine.builder(source()).size(1).connectionListener(sets).build()) {
            for (int i = 0; i < 8; i++) {
                try (Connection connection = engine.getConnection()) {
                    assertThat(ask(connection, "show work_mem")).isEqualTo("7MB");
                    assertThat(ask(connection, "show search_path")).isEqualTo("app, public");
                    run(connection, "set work_mem = '9MB'");
                    run(connection, "set search_path to public");
                }
            }
            assertThat(engine.stats().resets()).isPositive();
            assertThat(engine.stats().opened()).isLessThan(8);
            assertThat(engine.accidents()).isZero();
        }
    }

    @Test
    void a_view_is_set_and_undone_for_the_server_too() throws SQLException {
        try (Connection connection = source().getConnection()) {
            run(connection, "create table read_only (id int)");
        }
        try (Engine engine = Engine.builder(source()).size(1).overflow(0).build()) {
            EngineView view = engine.withReadOnly().withIsolation(Connection.TRANSACTION_SERIALIZABLE);
            for (int i = 0; i < 2; i++) {
                view.useTransaction(connection -> {
                    assertThat(ask(connection, "show transaction_isolation")).isEqualTo("serializable");
                    assertThat(ask(connection, "show transaction_read_only")).isEqualTo("on");
                    assertThatThrownBy(() -> run(connection, "insert into read_only values (1)"))
                            .hasFieldOrPropertyWithValue("SQLState", "25006");
                });
                engine.useTransaction(connection -> {
                    assertThat(ask(connection, "show transaction_isolation")).isEqualTo("read committed");
                    assertThat(ask(connection, "show transaction_read_only")).isEqualTo("off");
                });
            }
            assertThat(engine.stats().opened()).isEqualTo(1);
        }
    }

    @Test
    void futures_share_few_connections_and_leave_none_on_the_server() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        try (Engine engine =
                Engine.builder(source()).size(3).overflow(0).name("futures").build()) {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                CompletableFuture<Connection> future = engine.getConnectionAsync();
                all.add(future.handle((connection, cancelled) -> {
                    if (connection == null) {
                        return false;
                    }
                    try (Connection mine = connection) {
                        assertThat(ask(mine, "select 1")).isEqualTo("1");
                        return answers.incrementAndGet();
                    } catch (SQLException failure) {
                        throw new IllegalStateException(failure);
                    }
                }));
                if (i % 7 == 0) {
                    future.cancel(false);
                }
            }
            CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
            assertThat(answers.get()).isBetween(300 - 43, 300);
            assertThat(engine.stats().opened()).isLessThanOrEqualTo(3);
            assertThat(engine.stats().waiting()).isZero();
        }
        try (Connection connection = source().getConnection()) {
            assertThat(ask(connection, "select count(*) from pg_stat_activity where backend_type = 'client backend'"))
                    .isEqualTo("1");
        }
    }
}
