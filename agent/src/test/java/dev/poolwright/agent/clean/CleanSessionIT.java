package dev.poolwright.agent.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.config.Reset;
import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever one borrower did to the session by SQL, the next one finds it as the driver opens it. */
class CleanSessionIT {

    /** Through what the text goes. */
    private enum Way {
        STATEMENT,
        PREPARED,
        BATCH,
        SEVERAL_IN_ONE
    }

    private static Cleaned postgres;
    private static Cleaned mariaDb;
    private static Cleaned h2;
    private static Cleaned hsqldb;
    private static Cleaned derby;

    @BeforeAll
    static void start() throws Exception {
        postgres = Cleaned.postgres();
        mariaDb = Cleaned.mariaDb();
        h2 = Cleaned.h2();
        hsqldb = Cleaned.hsqldb();
        derby = Cleaned.derby();
    }

    @AfterAll
    static void stop() throws Exception {
        for (Cleaned each : new Cleaned[] {postgres, mariaDb, h2, hsqldb, derby}) {
            if (each != null) {
                each.close();
            }
        }
    }

    static Stream<Arguments> bleeds() {
        return Stream.of(postgres, mariaDb, h2, hsqldb, derby)
                .flatMap(each -> each.bleeds().stream().map(bleed -> Arguments.of(each.name(), bleed, each)));
    }

    @ParameterizedTest(name = "{0}: {1}", autoCloseArguments = false)
    @MethodSource("bleeds")
    void is_what_the_driver_opens(String name, Bleed bleed, Cleaned at) throws Exception {
        String expected;
        try (Connection fresh = at.connect()) {
            expected = Cleaned.answer(fresh, bleed.ask());
        }
        try (Engine engine = engine(at, Reset.SMART)) {
            learn(engine, bleed.ask());
            for (Way way : Way.values()) {
                for (boolean autoCommit : new boolean[] {true, false}) {
                    long opened = engine.stats().opened();
                    try (Connection connection = engine.getConnection()) {
                        connection.setAutoCommit(autoCommit);
                        change(connection, bleed, way);
                        if (!autoCommit) {
                            connection.commit();
                        }
                    }
                    try (Connection next = engine.getConnection()) {
                        assertThat(Cleaned.answer(next, bleed.ask()))
                                .as(way + ", auto-commit " + autoCommit)
                                .isEqualTo(expected);
                        assertThat(next.getAutoCommit()).isTrue();
                    }
                    if (bleed.resets()) {
                        assertThat(engine.stats().opened())
                                .as(way + ", auto-commit " + autoCommit)
                                .isEqualTo(opened);
                    }
                }
            }
            assertThat(engine.accidents()).isZero();
        }
    }

    /** Until the engine has seen what a new session looks like, and that a reset gives one. */
    private static void learn(Engine engine, String ask) throws SQLException {
        for (int i = 0; i < 3; i++) {
            try (Connection connection = engine.getConnection()) {
                Cleaned.answer(connection, ask); // may ask for the last key
                Cleaned.answer(connection, "set time zone 'UTC'");
                Cleaned.answer(connection, "set @nothing = 1");
            }
        }
    }

    private static void change(Connection connection, Bleed bleed, Way way) {
        for (String sql : bleed.change()) {
            try {
                run(connection, sql, way);
            } catch (SQLException refused) {
                // Not every driver lets every statement through every way; some do and complain then.
            }
        }
    }

    private static void run(Connection connection, String sql, Way way) throws SQLException {
        switch (way) {
            case PREPARED -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.execute();
                }
            }
            case BATCH -> {
                try (Statement statement = connection.createStatement()) {
                    statement.addBatch(sql);
                    statement.executeBatch();
                }
            }
            case SEVERAL_IN_ONE -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("select 1; " + sql);
                }
            }
            default -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            }
        }
    }

    /** Shows all that those databases tell of a session, but for its number. */
    private static final Map<String, List<String>> INVENTORIES = Map.of(
            "H2",
            List.of(
                    "select * from information_schema.session_state",
                    "select user_name, isolation_level from information_schema.sessions"
                            + " where session_id = session_id()",
                    "select current_schema, current_role, lock_timeout(), session_id() > 0"),
            "HSQLDB",
            List.of(
                    "select * from information_schema.system_sessioninfo where key not in"
                            + " ('SESSION ID', 'CONNECTED', 'CURRENT STATEMENT')",
                    "values (current_schema, current_user, current_role)"),
            "Derby",
            List.of("values (current schema, current isolation, current_user)"));

    static Stream<Arguments> definitions() {
        return Stream.of(
                Arguments.of(h2, Definitions.H2),
                Arguments.of(hsqldb, Definitions.HSQLDB),
                Arguments.of(derby, Definitions.DERBY));
    }

    @ParameterizedTest(name = "{0}", autoCloseArguments = false)
    @MethodSource("definitions")
    void is_not_touched_by_definitions_and_the_connection_is_kept(Cleaned at, List<String> definitions)
            throws Exception {
        List<String> inventory = INVENTORIES.get(at.name());
        try (Engine engine = engine(at, Reset.SMART)) {
            for (String sql : definitions) {
                try (Connection connection = engine.getConnection()) {
                    assertThat(Cleaned.answer(connection, sql)).as(sql).isEqualTo("done");
                }
                try (Connection next = engine.getConnection();
                        Connection fresh = at.connect()) {
                    for (String ask : inventory) {
                        assertThat(Cleaned.answer(next, ask))
                                .as(ask + " after " + sql)
                                .isEqualTo(Cleaned.answer(fresh, ask))
                                .contains("\n");
                    }
                }
            }
            assertThat(engine.stats().opened()).isEqualTo(1);
        }
    }

    static Stream<Arguments> questions() {
        return Stream.of(
                Arguments.of(postgres, "select lastval()"),
                Arguments.of(postgres, "select currval('counted_id_seq')"),
                Arguments.of(mariaDb, "select last_insert_id()"),
                Arguments.of(mariaDb, "select @@identity"),
                Arguments.of(mariaDb, "select found_rows()"),
                Arguments.of(mariaDb, "select row_count()"),
                Arguments.of(mariaDb, "show warnings"),
                Arguments.of(mariaDb, "show count(*) warnings"),
                Arguments.of(mariaDb, "select @@warning_count"));
    }

    /** What a session says of its last statement or key, to a borrower who has made none. */
    @ParameterizedTest(name = "{0}: {1}", autoCloseArguments = false)
    @MethodSource("questions")
    void answers_the_first_question_as_a_new_one_although_nothing_was_dirty(Cleaned at, String question)
            throws Exception {
        String expected;
        try (Connection fresh = at.connect()) {
            expected = Cleaned.answer(fresh, question);
        }
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Engine engine = engine(at, Reset.SMART)) {
                try (Connection connection = engine.getConnection()) {
                    connection.setAutoCommit(autoCommit);
                    Cleaned.answer(connection, "insert into counted (name) values ('a'), ('b')");
                    Cleaned.answer(connection, "select 'a' + 1 from counted");
                    if (!autoCommit) {
                        connection.commit();
                    }
                }
                try (Connection next = engine.getConnection()) {
                    next.setAutoCommit(autoCommit);
                    // What the driver has selected at connect counts as well: there FOUND_ROWS() may be 1.
                    assertThat(Cleaned.answer(next, question)).isIn(expected, expected.replace('1', '0'));
                }
                assertThat(engine.stats().opened()).isEqualTo(1);
                assertThat(engine.accidents()).isZero();
            }
        }
    }

    /** A borrower's own statements are what it asks of, also beyond a commit. */
    @Test
    void remembers_what_its_own_borrower_did() throws Exception {
        try (Engine engine = engine(mariaDb, Reset.SMART);
                Connection connection = engine.getConnection()) {
            connection.setAutoCommit(false);
            Cleaned.answer(connection, "select 1 union select 2 union select 3");
            connection.commit();
            assertThat(Cleaned.answer(connection, "select found_rows()")).isEqualTo("3\n");
        }
    }

    static Stream<Arguments> killings() {
        return Stream.of(
                Arguments.of(
                        postgres,
                        "set statement_timeout = 12345",
                        "select pg_backend_pid()",
                        "select pg_terminate_backend(%s)",
                        "select count(*) from pg_stat_activity where pid = %s"),
                Arguments.of(
                        mariaDb,
                        "set @tenant = 'bob'",
                        "select connection_id()",
                        "kill %s",
                        "select count(*) from information_schema.processlist where id = %s"));
    }

    @ParameterizedTest(name = "{0}", autoCloseArguments = false)
    @MethodSource("killings")
    void is_another_connection_s_where_the_reset_fails_and_nobody_is_told(
            Cleaned at, String change, String number, String kill, String count) throws Exception {
        try (Engine engine = engine(at, Reset.SMART);
                Connection observer = at.connect()) {
            learn(engine, "select 1");
            long resets = engine.stats().resets();
            String killed;
            try (Connection connection = engine.getConnection()) {
                Cleaned.answer(connection, change);
                killed = Cleaned.answer(connection, number).strip();
                Cleaned.answer(observer, String.format(kill, killed));
                long end = System.nanoTime() + 30_000_000_000L;
                while (!Cleaned.answer(observer, String.format(count, killed)).equals("0\n")) {
                    assertThat(System.nanoTime()).as("still there: " + killed).isLessThan(end);
                }
            }
            assertThat(engine.stats().resets()).isEqualTo(resets).isPositive();
            try (Connection next = engine.getConnection()) {
                assertThat(Cleaned.answer(next, number).strip())
                        .isNotEqualTo(killed)
                        .matches("\\d+");
            }
            assertThat(engine.accidents()).isZero();
        }
    }

    static Stream<Arguments> hidden() {
        return Stream.of(
                Arguments.of("a view", postgres, "select * from slow", "show statement_timeout"),
                Arguments.of("a trigger", postgres, "insert into slows values (1)", "show statement_timeout"),
                Arguments.of("a trigger", mariaDb, "insert into slows values (1)", "select @tenant"));
    }

    @ParameterizedTest(name = "{0} on {1}", autoCloseArguments = false)
    @MethodSource("hidden")
    void is_it_also_where_no_text_shows_the_change_if_always_reset(String what, Cleaned at, String change, String ask)
            throws Exception {
        String expected;
        try (Connection fresh = at.connect()) {
            expected = Cleaned.answer(fresh, ask);
        }
        try (Engine engine = engine(at, Reset.ALWAYS)) {
            for (int i = 0; i < 5; i++) {
                try (Connection connection = engine.getConnection()) {
                    assertThat(Cleaned.answer(connection, ask)).isEqualTo(expected);
                    Cleaned.answer(connection, change);
                    assertThat(Cleaned.answer(connection, ask)).isNotEqualTo(expected);
                }
            }
            assertThat(engine.stats().resets()).isPositive();
        }
    }

    @ParameterizedTest(name = "{1}", autoCloseArguments = false)
    @MethodSource("hidden")
    void is_left_alone_if_never_reset(String what, Cleaned at, String change, String ask) throws Exception {
        try (Engine engine = engine(at, Reset.NEVER)) {
            String changed;
            try (Connection connection = engine.getConnection()) {
                Cleaned.answer(connection, change);
                Cleaned.answer(connection, "set @nothing = 1");
                changed = Cleaned.answer(connection, ask);
            }
            try (Connection next = engine.getConnection()) {
                assertThat(Cleaned.answer(next, ask)).isEqualTo(changed);
            }
            assertThat(engine.stats().opened()).isEqualTo(1);
            assertThat(engine.stats().resets()).isZero();
            assertThat(engine.resetCauses().values()).containsExactly(1L);
        }
    }

    @Test
    void is_counted_where_it_would_have_been_reset_if_never_reset() throws Exception {
        try (Engine engine = engine(postgres, Reset.NEVER)) {
            for (int i = 0; i < 3; i++) {
                try (Connection connection = engine.getConnection()) {
                    Cleaned.answer(connection, "set statement_timeout = 12345");
                }
                try (Connection connection = engine.getConnection()) {
                    Cleaned.answer(connection, "select slowed_down()");
                }
                try (Connection connection = engine.getConnection()) {
                    Cleaned.answer(connection, "insert into counted (name) values ('a')");
                    Cleaned.answer(connection, "select lastval()");
                }
                try (Connection connection = engine.getConnection()) {
                    Cleaned.answer(connection, "select 1");
                }
            }
            assertThat(engine.resetCauses())
                    .isEqualTo(Map.of("setting: set statement_timeout", 3L, "function: slowed_down()", 3L, "keys", 3L));
            assertThat(engine.stats().opened()).isEqualTo(1);
            assertThat(engine.stats().resets() + engine.stats().resetClosings()).isZero();
        }
    }

    private static Engine engine(Cleaned at, Reset reset) {
        return Engine.builder(at.url())
                .user(at.user())
                .password(at.password())
                .size(1)
                .overflow(0)
                .reset(reset)
                .build();
    }
}
