package dev.poolwright.agent.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a driver sets when it connects, and what it knows of a session, differs from version to version. */
class DriverVersionsIT {

    private static Cleaned postgres;
    private static Cleaned mariaDb;

    @BeforeAll
    static void start() throws Exception {
        postgres = Cleaned.postgres();
        mariaDb = Cleaned.mariaDb();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
        mariaDb.close();
    }

    @ParameterizedTest(name = "pgjdbc {0}")
    @ValueSource(strings = {"42.2.5", "42.7.13"})
    void of_postgresql(String version) throws Exception {
        try (OtherDriver other = OtherDriver.of("postgresql-" + version + ".jar", "org.postgresql.Driver")) {
            assertThat(other.jdbcCompliant()).isFalse();
            allIsNewAgain(postgres, postgres.url(), 1);
            allIsNewAgain(postgres, postgres.url() + "?ApplicationName=orders&assumeMinServerVersion=9.0", 1);
            allIsNewAgain(postgres, postgres.url() + "?options=-c%20work_mem=5MB&currentSchema=attic,public", 1);
            allIsNewAgain(postgres, postgres.url() + "?preferQueryMode=simple&readOnly=false&prepareThreshold=1", 1);
        }
    }

    @Test
    void of_mysql_s_own_driver() throws Exception {
        String url = mariaDb.url().replace("jdbc:mariadb:", "jdbc:mysql:");
        allIsNewAgain(mariaDb, url, 1);
        allIsNewAgain(
                mariaDb, url + "&sessionVariables=sql_mode='ANSI',lock_wait_timeout=77&characterEncoding=latin1", 1);
        // The driver would go on using what it has prepared on the server: its connections are closed.
        allIsNewAgain(mariaDb, url + "&useServerPrepStmts=true&cachePrepStmts=true", Integer.MAX_VALUE);
    }

    @Test
    void of_mariadb_s_driver_with_its_options() throws Exception {
        allIsNewAgain(mariaDb, mariaDb.url() + "&sessionVariables=sql_mode='ANSI',lock_wait_timeout=77", 1);
        allIsNewAgain(mariaDb, mariaDb.url() + "&useServerPrepStmts=true&cachePrepStmts=true", 1);
        allIsNewAgain(mariaDb, mariaDb.url() + "&useBulkStmts=true&timezone=+04:00&autocommit=false", 1);
    }

    /** @param opens how many connections it takes once it is known what new ones are like */
    private static void allIsNewAgain(Cleaned at, String url, int opens) throws SQLException {
        try (Engine plain = engine(at, url, true);
                Engine engine = engine(at, url, false)) {
            for (int i = 0; i < 3; i++) {
                borrow(engine, at.bleeds().get(0));
            }
            long opened = engine.stats().opened();
            int closed = 0;
            for (Bleed bleed : at.bleeds()) {
                String expected;
                try (Connection fresh = plain.getConnection()) {
                    expected = Cleaned.answer(fresh, bleed.ask());
                }
                borrow(engine, bleed);
                try (Connection next = engine.getConnection()) {
                    assertThat(Cleaned.answer(next, bleed.ask()))
                            .as(bleed + " with " + url)
                            .isEqualTo(expected);
                }
                closed += bleed.resets() ? 0 : 1;
            }
            // Whoever asks for a key first has those closed that may remember one.
            assertThat(engine.stats().opened() - opened).as(url).isLessThanOrEqualTo((long) closed + opens);
            assertThat(engine.accidents()).isZero();
        }
    }

    private static void borrow(Engine engine, Bleed bleed) throws SQLException {
        try (Connection connection = engine.getConnection()) {
            for (String sql : bleed.change()) {
                Cleaned.answer(connection, sql);
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private static Engine engine(Cleaned at, String url, boolean plain) {
        var builder = Engine.builder(url)
                .user(at.user())
                .password(at.password())
                .size(1)
                .overflow(0);
        return (plain ? builder.withoutPool() : builder).build();
    }
}
