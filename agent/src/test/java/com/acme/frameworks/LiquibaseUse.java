package com.acme.frameworks;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

/** Liquibase, on a connection that it is given and closes. */
final class LiquibaseUse {

    private static final String TWO = """
            --liquibase formatted sql
            --changeset clerk:1
            create table shelf (id int primary key);
            --rollback drop table shelf;
            --changeset clerk:2
            insert into shelf values (1);
            --rollback delete from shelf;
            """;

    private final Script script = new Script("liquibase");
    private final String url;
    private final Path folder;

    LiquibaseUse(String url, Path folder) throws IOException {
        this.url = url;
        this.folder = Files.createDirectories(folder.resolve("liquibase"));
    }

    /** What is done with it. */
    private interface Work {
        void on(Liquibase liquibase) throws Exception;
    }

    private Object done(Work work) throws Exception {
        Connection connection =
                DriverManager.getConnection(url, FrameworkApplication.USER, FrameworkApplication.PASSWORD);
        DirectoryResourceAccessor files = new DirectoryResourceAccessor(folder);
        try (Liquibase liquibase = new Liquibase(
                "changes.sql",
                files,
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
            work.on(liquibase);
        } finally {
            files.close();
        }
        return connection.isClosed();
    }

    private Object rows(String query) throws Exception {
        return Database.postgres(url, FrameworkApplication.USER, FrameworkApplication.PASSWORD)
                .query(query);
    }

    void run() throws IOException {
        Path changes = folder.resolve("changes.sql");
        Files.writeString(changes, TWO);
        script.step("update", () -> done(liquibase -> liquibase.update(new Contexts(), new LabelExpression())));
        script.step("again", () -> done(liquibase -> liquibase.update(new Contexts(), new LabelExpression())));
        script.step("rows", () -> rows("select id from shelf"));
        script.step("roll back", () -> done(liquibase -> liquibase.rollback(1, "")));
        script.step("rows after that", () -> rows("select id from shelf"));
        script.step("history", () -> rows("select id, md5sum, orderexecuted from databasechangelog order by id"));
        script.step("lock", () -> rows("select id, locked from databasechangeloglock"));
    }
}
