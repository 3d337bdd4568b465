package com.acme.frameworks;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.flywaydb.core.Flyway;

/** Flyway, which asks the driver itself. */
final class FlywayUse {

    private final Script script = new Script("flyway");
    private final String url;
    private final Path migrations;

    FlywayUse(String url, Path folder) throws IOException {
        this.url = url;
        this.migrations = Files.createDirectories(folder.resolve("flyway"));
    }

    private void write(String name, String sql) throws IOException {
        Files.writeString(migrations.resolve(name), sql);
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(url, FrameworkApplication.USER, FrameworkApplication.PASSWORD)
                .schemas("flown")
                .locations("filesystem:" + migrations)
                .cleanDisabled(false)
                .load();
    }

    void run() throws IOException {
        write("V1__stock.sql", "create table stock (id int primary key); insert into stock values (1);");
        write("V2__more.sql", "insert into stock values (2);");
        script.step("migrate", () -> flyway().migrate().migrationsExecuted);
        script.step("nothing to do", () -> flyway().migrate().migrationsExecuted);
        write("V3__broken.sql", "insert into stock values (3); insert into nowhere values (1);");
        script.step("a broken one", () -> {
            try {
                return flyway().migrate().migrationsExecuted;
            } catch (RuntimeException broken) {
                return broken.getClass().getName();
            }
        });
        write("V3__broken.sql", "insert into stock values (3);");
        script.step("mended", () -> flyway().migrate().migrationsExecuted);
        write("R__view.sql", "create or replace view stocked as select count(*) from stock;");
        script.step("a view", () -> flyway().migrate().migrationsExecuted);
        script.step("validate", () -> flyway().validateWithResult().validationSuccessful);
        script.step(
                "history",
                () -> Arrays.stream(flyway().info().all())
                        .map(each -> each.getScript() + " " + each.getState())
                        .toList());
        script.step(
                "rows",
                () -> Database.postgres(url, FrameworkApplication.USER, FrameworkApplication.PASSWORD)
                        .query("select id from flown.stock order by id"));
        script.step("clean", () -> flyway().clean().schemasCleaned);
    }
}
