package dev.poolwright.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is committed does not look as if it had failed, and what failed is not committed by the way. */
class SessionFailuresTest {

    private final Engine engine =
            Engine.builder("jdbc:h2:mem:failures;DB_CLOSE_DELAY=-1").user("sa").build();
    private final ScriptedSource script = new ScriptedSource(engine);

    @BeforeEach
    void create() throws SQLException {
        SessionFactory.of(engine).useSession(session -> {
            session.add("drop table if exists entry");
            session.add("create table entry (id int primary key)");
            session.flush();
        });
    }

    @AfterEach
    void close() {
        assertThat(engine.stats().leased()).isZero();
        engine.close();
    }

    private Session begun(SessionFactory factory) throws SQLException {
        Session session = factory.open();
        session.add("insert into entry values (1)").flush();
        script.calls.clear();
        return session;
    }

    private int rows() throws SQLException {
        return SessionFactory.of(engine).<Integer, SQLException>inSession(session -> {
            try (var statement = session.connection().createStatement();
                    var rows = statement.executeQuery("select count(*) from entry")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    @Test
    void a_commit_stays_one_where_the_connection_cannot_be_given_back_well() throws SQLException {
        SessionFactory factory = SessionFactory.of(script.failsInsteadOf("setAutoCommit true", ScriptedSource.broken())
                .source());
        Session session = begun(factory);

        session.commit();

        assertThat(script.calls).containsExactly("commit", "setAutoCommit true", "close");
        assertThat(factory.accidents()).isEqualTo(1);
        session.close();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void a_commit_that_fails_is_rolled_back_and_auto_commit_is_as_it_was() throws SQLException {
        SQLException refused = new SQLException("deferred", "23000");
        SessionFactory factory =
                SessionFactory.of(script.failsInsteadOf("commit", refused).source());
        Session session = begun(factory);

        assertThatThrownBy(session::commit).isSameAs(refused);

        assertThat(script.calls).containsExactly("commit", "rollback", "setAutoCommit true", "close");
        assertThat(session.isInTransaction()).isFalse();
        session.close();
        assertThat(rows()).isZero();
    }

    @Test
    void what_cannot_be_rolled_back_is_aborted_before_a_close_that_might_commit() throws SQLException {
        SessionFactory factory = SessionFactory.of(script.failsInsteadOf("rollback", new LinkageError("of a driver"))
                .source());
        Session session = begun(factory);

        assertThatThrownBy(session::rollback).isInstanceOf(LinkageError.class);

        assertThat(script.calls).containsExactly("rollback", "abort", "close");
        session.close();
        assertThat(rows()).isZero();
    }
}
