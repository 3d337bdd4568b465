package dev.poolwright.agent.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
            assertThat(leftOver(postgres, postgres.url(), 1)).isEmpty();
            assertThat(leftOver(postgres, postgres.url() + "?ApplicationName=orders&assumeMinServerVersion=9.0", 1))
                    .isEmpty();
            assertThat(leftOver(postgres, postgres.url() + "?options=-c%20work_mem=5MB&currentSchema=attic,public", 1))
                    .isEmpty();
            assertThat(leftOver(
                            postgres, postgres.url() + "?preferQueryMode=simple&readOnly=false&prepareThreshold=1", 1))
                    .isEmpty();
        }
    }

    @Test
    void of_mysql_s_own_driver() throws Exception {
        String url = mariaDb.url().replace("jdbc:mariadb:", "jdbc:mysql:");
        assertThat(leftOver(mariaDb, url, 1)).isEmpty();
        assertThat(leftOver(
                        mariaDb,
                        url + "&sessionVariables=sql_mode='ANSI',lock_wait_timeout=77&characterEncoding=latin1",
                        1))
                .isEmpty();
        // The driver would go on using what it has prepared on the server: its connections are closed.
        assertThat(leftOver(mariaDb, url + "&useServerPrepStmts=true&cachePrepStmts=true", Integer.MAX_VALUE))
                .isEmpty();
    }

    @Test
    void of_mariadb_s_driver_with_its_options() throws Exception {
        assertThat(leftOver(mariaDb, mariaDb.url() + "&sessionVariables=sql_mode='ANSI',lock_wait_timeout=77", 1))
                .isEmpty();
        assertThat(leftOver(mariaDb, mariaDb.url() + "&useServerPrepStmts=true&cachePrepStmts=true", 1))
                .isEmpty();
        assertThat(leftOver(mariaDb, mariaDb.url() + "&useBulkStmts=true&timezone=+04:00&autocommit=false", 1))
                .isEmpty();
    }

    /**
     * What a next borrower found, after each change there is.
     *
     * @param opens how many connections it takes once it is known what new ones are like
     */
    private static List<String> leftOver(Cleaned at, String url, int opens) throws SQLException {
        List<String> found = new ArrayList<>();
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
                    String got = Cleaned.answer(next, bleed.ask());
                    if (!got.equals(expected)) {
                        found.add(bleed + " with " + url + ": " + got + " instead of " + expected);
                    }
                }
                closed += bleed.resets() ? 0 : 1;
            }
            // Whoever asks for a key first has those closed that may remember one.
            assertThat(engine.stats().opened() - opened).as(url).isLessThanOrEqualTo((long) closed + opens);
            assertThat(engine.accidents()).isZero();
        }
        return found;
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
