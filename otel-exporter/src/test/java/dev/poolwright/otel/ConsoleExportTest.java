package dev.poolwright.otel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.TransactionEnd;
import dev.poolwright.otel.settings.ExporterSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ConsoleExportTest {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void writes_a_readable_line_for_each_thing() {
        Exporter exporter = requireNonNull(
                Exporter.start(ExporterSettings.of(ExporterSettings.Kind.CONSOLE, lines::add, lines::add)));
        Events.everything(exporter.listener());
        exporter.listener()
                .transactionEnded(Events.ORDERS, TransactionEnd.COMMIT, 1, 2, new SQLException("x", "40001"));
        assertThat(exporter.close(Duration.ofSeconds(30))).isTrue();

        String id = "[0-9a-f]+";
        assertThat(lines)
                .anyMatch(line -> line.matches("span COMMIT orders 1\\.842 ms client trace=" + id + " span=" + id
                        + " \\{db.namespace=orders, db.operation.name=COMMIT, db.system.name=postgresql,"
                        + " server.address=db\\}"))
                .anyMatch(line -> line.matches("span BATCH orders .* parent=" + id + " .*"))
                .anyMatch(line ->
                        line.startsWith("span COMMIT orders") && line.endsWith(" ERROR 40001 java.sql.SQLException"))
                .anyMatch(line ->
                        line.startsWith("event poolwright.connection.leak WARN connection of db:5432/orders@app"))
                .contains("metric db.client.connection.count 2 {connection}"
                        + " {db.client.connection.pool.name=db:5432/orders@app, db.client.connection.state=idle}")
                .anyMatch(line ->
                        line.startsWith("metric db.client.connection.wait_time count=1 mean=0.012100 max=0.012100 s"));
        assertThat(lines).noneMatch(line -> line.contains("\n")).noneMatch(line -> line.contains("otel.sdk."));
        assertThat(exporter.droppedByFailure()).isZero();
    }
}
