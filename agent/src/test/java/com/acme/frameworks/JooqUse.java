package com.acme.frameworks;

import com.acme.legacy.Script;
import java.sql.DriverManager;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.postgresql.ds.PGSimpleDataSource;

/** jOOQ, over the driver's data source and over a connection. */
final class JooqUse {

    private final Script script = new Script("jooq");
    private final String url;
    private final DSLContext context;

    JooqUse(String url) {
        this.url = url;
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setUser(FrameworkApplication.USER);
        source.setPassword(FrameworkApplication.PASSWORD);
        context = DSL.using(source, SQLDialect.POSTGRES);
    }

    private Object all() {
        return context.fetch("select name from book order by name").getValues(0);
    }

    void run() {
        script.step(
                "create", () -> context.execute("create table book (id serial primary key, name varchar(20) unique)"));
        script.step(
                "returning",
                () -> context.fetch("insert into book (name) values ('a') returning id")
                        .getValues(0));
        script.step(
                "batch",
                () -> context.batch("insert into book (name) values ('b')", "insert into book (name) values ('c')")
                        .execute());
        script.step("committed", () -> {
            context.transaction(inner -> inner.dsl().execute("insert into book (name) values ('d')"));
            return all();
        });
        script.step("nested and rolled back", () -> {
            context.transaction(outer -> {
                outer.dsl().execute("insert into book (name) values ('e')");
                try {
                    outer.dsl().transaction(inner -> {
                        inner.dsl().execute("insert into book (name) values ('f')");
                        throw new IllegalStateException("on purpose");
                    });
                } catch (IllegalStateException expected) {
                    outer.dsl().execute("insert into book (name) values ('g')");
                }
            });
            return all();
        });
        script.twice("duplicate", () -> context.execute("insert into book (name) values ('a')"));
        script.step("lazily", () -> {
            int rows = 0;
            try (Cursor<Record> cursor =
                    context.resultQuery("select * from book").fetchSize(2).fetchLazy()) {
                while (cursor.hasNext()) {
                    rows += cursor.fetchNext() == null ? 0 : 1;
                }
            }
            return rows;
        });
        script.step("by a connection", () -> {
            try (var connection =
                    DriverManager.getConnection(url, FrameworkApplication.USER, FrameworkApplication.PASSWORD)) {
                return DSL.using(connection, SQLDialect.POSTGRES)
                        .fetch("select count(*) from book")
                        .getValues(0);
            }
        });
        script.step("rows", this::all);
    }
}
