package dev.poolwright.jdbc;

import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import dev.poolwright.pool.Fixture;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the handles of other pools were seen to do, and what must not happen here. */
@Timeout(120)
class RivalsHandlesTest {

    private static final String URL = "jdbc:h2:mem:rivals;DB_CLOSE_DELAY=-1";

    private final Engine engine = Engine.builder(URL).size(2).overflow(0).build();

    @BeforeEach
    void create() throws SQLException {
        try (Connection direct = DriverManager.getConnection(URL);
                Statement statement = direct.createStatement()) {
            statement.execute("create table if not exists t (id int)");
            statement.execute("delete from t");
        }
    }

    @AfterEach
    void close() {
        assertThat(engine.accidents()).isZero();
        engine.close();
    }

    /** Agroal 3.2 notes what is to be reset at the connection, where a handle that is closed clears the note. */
    @Test
    void a_stale_handle_does_not_spoil_what_is_reset_after_the_present_owner() throws Exception {
        Connection stale = engine.getConnection();
        stale.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        stale.close();
        Connection owner = engine.getConnection();
        owner.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        owner.setAutoCommit(false);

        assertThatThrownBy(() -> stale.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> stale.setAutoCommit(true)).isInstanceOf(SQLException.class);
        assertThatThrownBy(stale::commit).isInstanceOf(SQLException.class);
        stale.close();
        assertThat(owner.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(owner.getAutoCommit()).isFalse();
        owner.close();

        try (Connection next = engine.getConnection()) {
            assertThat(next.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(next.getAutoCommit()).isTrue();
        }
        assertThat(engine.stats().opened()).isEqualTo(1);
    }

    /** HikariCP 7.1 lends one connection to two threads where two close it at once; Agroal closes most of those. */
    @Test
    void a_connection_that_two_threads_close_at_once_comes_back_once() throws Exception {
        Set<Integer> inUse = ConcurrentHashMap.newKeySet();
        List<Fixture.Running<Void>> users = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            users.add(async(() -> {
                borrowAndHaveTwoCloseIt(inUse, 1_000);
                return null;
            }));
        }
        for (Fixture.Running<Void> user : users) {
            user.result().get();
        }
        assertThat(engine.stats().leased()).isZero();
        assertThat(engine.stats().opened()).isEqualTo(2);
        assertThat(engine.stats().closed()).isZero();
    }

    private void borrowAndHaveTwoCloseIt(Set<Integer> inUse, int rounds) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Connection[] lent = new Connection[1];
        Fixture.Running<Void> other = async(() -> {
            for (int round = 0; round < rounds; round++) {
                together.await(); // it is lent
                lent[0].close();
                together.await(); // it is back
            }
            return null;
        });
        for (int round = 0; round < rounds; round++) {
            lent[0] = engine.getConnection();
            int session = session(lent[0]);
            assertThat(inUse.add(session))
                    .as("session %d is lent to one", session)
                    .isTrue();
            inUse.remove(session);
            together.await();
            lent[0].close();
            together.await();
        }
        other.result().get();
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select session_id()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** How a borrow ends whose transaction nobody has ended. */
    enum End {
        CLOSED {
            @Override
            void of(Connection lent, Engine engine) throws Exception {
                lent.close();
            }
        },
        CLOSED_BY_ANOTHER_THREAD {
            @Override
            void of(Connection lent, Engine engine) throws Exception {
                async(() -> {
                            lent.close();
                            return null;
                        })
                        .get();
            }
        },
        CLOSED_AFTER_DISPOSE {
            @Override
            void of(Connection lent, Engine engine) throws Exception {
                engine.dispose();
                lent.close();
            }
        },
        CLOSED_AFTER_ITS_ENGINE {
            @Override
            void of(Connection lent, Engine engine) throws Exception {
                engine.close();
                lent.close();
            }
        },
        INVALIDATED {
            @Override
            void of(Connection lent, Engine engine) throws Exception {
                lent.unwrap(EngineConnection.class).softInvalidate();
                lent.close();
            }
        },
        ABORTED {
            @Override
            void of(Connection lent, Engine engine) throws Exception {
                lent.abort(Runnable::run);
            }
        };

        abstract void of(Connection lent, Engine engine) throws Exception;
    }

    /** Agroal, and Tomcat and Vibur where they reset properties, bring auto-commit back first, and that commits. */
    @ParameterizedTest
    @EnumSource
    void nothing_is_committed_that_nobody_has_committed(End end) throws Exception {
        Connection lent = engine.getConnection();
        lent.setAutoCommit(false);
        lent.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        try (Statement statement = lent.createStatement()) {
            statement.execute("insert into t values (1)");
        }

        end.of(lent, engine);

        assertThat(rows()).isZero();
    }

    private static int rows() throws SQLException {
        try (Connection direct = DriverManager.getConnection(URL);
                Statement statement = direct.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
