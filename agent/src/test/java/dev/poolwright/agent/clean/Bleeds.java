package dev.poolwright.agent.clean;

import static dev.poolwright.agent.clean.Bleed.closed;
import static dev.poolwright.agent.clean.Bleed.kept;

import java.util.List;

/** What was found on the connections of seven pools, and the like on other databases. */
final class Bleeds {

    private static final String LOCKS = "select count(*) from pg_locks where locktype = 'advisory'";
    private static final String TEMPORARY = "select count(*) from pg_class where relnamespace = pg_my_temp_schema()";
    private static final String TENANT = "select current_setting('app.tenant', true)";
    private static final String PREPARED = "select count(*) from pg_prepared_statements where from_sql";
    private static final String TIMEOUT = "show statement_timeout";

    static final List<Bleed> POSTGRES = List.of(
            kept("search path", "show search_path", "set search_path to attic"),
            kept("a setting", TIMEOUT, "SET statement_timeout = 12345"),
            kept("a setting in disguise", TIMEOUT, "/* now */ -- then\n sEt\tstatement_timeout/**/=/**/54321;"),
            kept("a setting by function", TIMEOUT, "select set_config('statement_timeout', '12345', false)"),
            kept("a setting by block", TIMEOUT, "do $$ begin set statement_timeout = 12345; end $$"),
            kept("a setting by procedure", TIMEOUT, "call slow_down()"),
            kept("a setting by somebody's function", TIMEOUT, "select slowed_down()"),
            kept("a setting while explaining", TIMEOUT, "explain analyze select slowed_down()"),
            kept("time zone", "show timezone", "set time zone 'Asia/Tokyo'"),
            kept("role", "select current_user", "set role auditor"),
            kept("session authorization", "select session_user", "set session authorization auditor"),
            kept(
                    "characteristics",
                    "show default_transaction_isolation",
                    "set session characteristics as transaction isolation level serializable read only"),
            kept("application name", "show application_name", "set application_name = 'somebody'"),
            kept("what the driver set", "show application_name", "reset all"),
            kept("everything discarded", "show application_name", "discard all"),
            closed("tenant", TENANT, "select set_config('app.tenant', 'bob', false)"),
            closed("tenant by SET", TENANT, "set app.tenant = 'bob'"),
            closed("tenant of a transaction", TENANT, "begin", "set local app.tenant = 'bob'", "commit"),
            kept("temporary table", TEMPORARY, "create temp table left_over (a int)"),
            kept("selected into one", TEMPORARY, "select 1 as a into temp left_over"),
            kept("advisory lock", LOCKS, "select pg_advisory_lock(4711)"),
            kept("tried advisory lock", LOCKS, "select pg_try_advisory_lock(4711)"),
            kept("listening", "select count(*) from pg_listening_channels()", "listen left_over"),
            kept("prepared", PREPARED, "prepare left_over as select 42"),
            kept(
                    "cursor with hold",
                    "select count(*) from pg_cursors where is_holdable",
                    "declare left_over cursor with hold for select 1"),
            kept("open transaction", "select now() = statement_timestamp()", "begin", "select 1"),
            kept("last value", "select lastval()", "select nextval('counter')"),
            kept("last value of an insert", "select lastval()", "insert into counted (name) values ('a')"),
            closed("seed", "select 1", "select setseed(0.5)"));

    static final List<Bleed> MARIADB = List.of(
            kept("variable", "select @tenant", "set @tenant = 'bob'"),
            kept("variable in a query", "select @tenant", "select @tenant := 'bob'"),
            kept("variable by INTO", "select @tenant", "select 'bob' into @tenant"),
            kept("variable by procedure", "select @tenant", "call take_over()"),
            kept("variable by function", "select @tenant", "select taken_over()"),
            kept("variable in disguise", "select @tenant", "/* now */ # then\n SET/**/@tenant='bob';"),
            kept("mode", "select @@sql_mode", "set sql_mode = 'ANSI'"),
            kept("characters", "select @@character_set_client, @@collation_connection", "set names latin1"),
            kept("time zone", "select @@time_zone", "set time_zone = '+03:00'"),
            kept("default database", "select database()", "use attic"),
            kept("auto-commit", "select @@autocommit", "set autocommit = 0"),
            kept("isolation", "select @@tx_isolation", "set session transaction isolation level serializable"),
            kept("temporary table", "select * from left_over", "create temporary table left_over (a int)"),
            kept("lock", "select is_used_lock('left_over')", "select get_lock('left_over', 0)"),
            kept("lock by DO", "select is_used_lock('left_over')", "do get_lock('left_over', 0)"),
            kept("locked tables", "insert into free values (1)", "lock tables counted write"),
            kept("prepared", "execute left_over", "prepare left_over from 'select 42'"),
            kept("handler", "handler counted read first", "handler counted open"),
            kept("open transaction", "select @@in_transaction", "start transaction", "select 1"),
            kept("last key", "select last_insert_id()", "insert into counted (name) values ('a')"),
            kept("last key by hand", "select last_insert_id()", "select last_insert_id(4711)"),
            closed("role", "select current_role()", "set role none"),
            closed(
                    "branch of a transaction",
                    "select @@in_transaction",
                    "xa start 'left'",
                    "xa end 'left'",
                    "xa rollback 'left'"));

    static final List<Bleed> H2 = List.of(
            closed("schema", "select current_schema", "set schema attic"),
            closed("variable", "select @tenant", "set @tenant = 'bob'"),
            closed("time zone", "select extract(timezone_hour from current_timestamp)", "set time zone 'Asia/Tokyo'"),
            closed("lock timeout", "select lock_timeout()", "set lock_timeout 12345"),
            closed("temporary table", "select * from left_over", "create local temporary table left_over (a int)"),
            closed("last value", "select current value for counter", "select next value for counter"));

    static final List<Bleed> HSQLDB = List.of(
            closed("schema", "values (current_schema)", "set schema attic"),
            closed("variable", "values (tenant)", "declare tenant varchar(10) default 'bob'"),
            closed("time zone", "values (timezone())", "set time zone interval '3:00' hour to minute"),
            closed(
                    "temporary table",
                    "select * from session.left_over",
                    "declare local temporary table left_over (a int)"),
            closed("last key", "call identity()", "insert into counted (name) values ('a')"));

    static final List<Bleed> DERBY = List.of(
            closed("schema", "values current schema", "set schema attic"),
            closed("isolation", "values current isolation", "set current isolation = serializable"),
            closed(
                    "temporary table",
                    "select * from session.left_over",
                    "declare global temporary table session.left_over (a int) not logged"),
            closed("last key", "values identity_val_local()", "insert into counted (name) values ('a')"));

    private Bleeds() {}
}
