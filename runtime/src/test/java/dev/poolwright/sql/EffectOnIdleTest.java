package dev.poolwright.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.sql.database.H2Syntax;
import dev.poolwright.sql.database.PostgresSyntax;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectOnIdleTest {

    private static final Verdicts POSTGRES = new Verdicts(new PostgresSyntax());
    private static final Verdicts H2 = new Verdicts(new H2Syntax());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop database x",
                " \n/* of /* old */ -- drop table t\n DROP\tDATABASE if exists x",
                "ALTER DATABASE x RENAME TO y",
                "create database x template y",
                "shutdown compact",
                "drop user joe",
                "alter role joe password 'x'",
                "select 1; drop database x",
                "insert into t values (1);\n-- now\ndrop database x; select 2",
                "alter table t add c int; shutdown"
            })
    void idle_connections_are_in_the_way_of_what_needs_a_database_or_a_user_alone(String sql) {
        assertThat(POSTGRES.of(sql).onIdle()).isEqualTo(IdleEffect.IN_THE_WAY);
        assertThat(H2.of(sql).onIdle()).isEqualTo(IdleEffect.IN_THE_WAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table t add c int",
                "/* V2 */ drop table t",
                "create or replace view v as select 1",
                "drop schema s cascade",
                "begin; alter table t drop c; commit"
            })
    void plans_are_stale_after_a_change_of_rows_where_they_outlive_it(String sql) {
        assertThat(POSTGRES.of(sql).onIdle()).isEqualTo(IdleEffect.PLANS_STALE);
        assertThat(H2.of(sql).onIdle()).isEqualTo(IdleEffect.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table database (id int)",
                "create user joe",
                "drop index i",
                "/* drop database x */ select 1",
                "-- drop database x",
                "/* never ends",
                "drop",
                "select 1; ;; ",
                "select 'drop database x'; select 2",
                "database",
                ""
            })
    void nothing_else_matters(String sql) {
        assertThat(POSTGRES.of(sql).onIdle()).isEqualTo(IdleEffect.NONE);
        assertThat(H2.of(sql).onIdle()).isEqualTo(IdleEffect.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "  select 'a' from t where shutdown = 1;",
                "insert into t values ('a;b'); update t set a = 1",
                ";",
                ""
            })
    void nobody_looks_further_at_what_begins_otherwise(String sql) {
        assertThat(IdleEffect.mayBeOf(sql)).isFalse();
    }
}
