package dev.poolwright.otel.signal;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.Leak;
import dev.poolwright.event.UncommittedClose;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LeakRecordTest {

    private final Recorded recorded = new Recorded();

    @Test
    void names_the_line_that_acquired_the_connection() {
        StackTraceElement dao = new StackTraceElement("com.acme.OrderDao", "save", "OrderDao.java", 41);
        StackTraceElement main = new StackTraceElement("com.acme.Main", "main", "Main.java", 7);
        recorded.listener.leaked(new Leak(
                Leak.Kind.CONNECTION,
                Leak.Action.RECLAIMED,
                Recorded.ORDERS,
                "connection of " + Recorded.ORDERS.name(),
                dao.toString(),
                Arrays.asList(dao, main),
                "worker-3",
                2_100_000_000L));

        LogRecordData event = recorded.events.getFinishedLogRecordItems().get(0);
        assertThat(event.getEventName()).isEqualTo("poolwright.connection.leak");
        assertThat(event.getSeverity()).isEqualTo(Severity.WARN);
        assertThat(Objects.requireNonNull(event.getBodyValue()).asString())
                .isEqualTo("connection of db:5432/orders@app was never closed: acquired at"
                        + " com.acme.OrderDao.save(OrderDao.java:41) by thread worker-3");
        assertThat(event.getSpanContext().isValid()).isFalse();
        Attributes attributes = event.getAttributes();
        assertThat(attributes.get(stringKey("db.client.connection.pool.name"))).isEqualTo("db:5432/orders@app");
        assertThat(attributes.get(stringKey("db.system.name"))).isEqualTo("postgresql");
        assertThat(attributes.get(stringKey("code.function.name"))).isEqualTo("com.acme.OrderDao.save");
        assertThat(attributes.get(stringKey("code.file.path"))).isEqualTo("OrderDao.java");
        assertThat(attributes.get(longKey("code.line.number"))).isEqualTo(41);
        assertThat(attributes.get(stringKey("code.stacktrace")))
                .isEqualTo("at com.acme.OrderDao.save(OrderDao.java:41)\n\tat com.acme.Main.main(Main.java:7)");
        assertThat(attributes.get(stringKey("thread.name"))).isEqualTo("worker-3");
        assertThat(attributes.get(longKey("poolwright.leak.held_ms"))).isEqualTo(2_100);
        assertThat(attributes.get(stringKey("poolwright.leak.action"))).isEqualTo("reclaimed");
        assertThat(recorded.listener.firstAccident()).isNull();
    }

    @Test
    void belongs_to_the_trace_that_acquired_the_connection() {
        assertThat(recorded.listener.acquiring()).isNull();
        Span request = recorded.sdk.getTracer("test").spanBuilder("request").startSpan();
        Object acquired;
        try (Scope current = request.makeCurrent()) {
            assertThat(current).isNotNull();
            acquired = recorded.listener.acquiring();
        }
        request.end();
        assertThat(acquired).hasToString(request.getSpanContext().getTraceId());

        recorded.listener.leaked(new Leak(
                        Leak.Kind.CONNECTION,
                        Leak.Action.RECLAIMED,
                        Recorded.ORDERS,
                        "connection of " + Recorded.ORDERS.name(),
                        "com.acme.OrderDao.save(OrderDao.java:41)",
                        Arrays.asList(),
                        "worker-3",
                        1)
                .within(acquired));

        LogRecordData event = recorded.events.getFinishedLogRecordItems().get(0);
        assertThat(event.getSpanContext()).isEqualTo(request.getSpanContext());
        assertThat(recorded.listener.firstAccident()).isNull();
    }

    @Test
    void names_the_lines_that_leave_statements_open() {
        recorded.listener.leaked(new Leak(
                        Leak.Kind.STATEMENT,
                        Leak.Action.REPORTED,
                        Recorded.ORDERS,
                        "statements of one connection of " + Recorded.ORDERS.name(),
                        "com.acme.OrderDao.find(OrderDao.java:12)",
                        Arrays.asList(new StackTraceElement("com.acme.OrderDao", "find", "OrderDao.java", 12)),
                        "worker-3",
                        0)
                .amongOpen(93, 101));

        LogRecordData event = recorded.events.getFinishedLogRecordItems().get(0);
        assertThat(event.getEventName()).isEqualTo("poolwright.statement.leak");
        assertThat(Objects.requireNonNull(event.getBodyValue()).asString())
                .isEqualTo("101 statements of one connection of db:5432/orders@app are open: about 93 opened at"
                        + " com.acme.OrderDao.find(OrderDao.java:12) by thread worker-3");
        assertThat(event.getAttributes().get(longKey("code.line.number"))).isEqualTo(12);
        assertThat(recorded.listener.firstAccident()).isNull();
    }

    @Test
    void names_the_line_that_closed_with_uncommitted_changes_and_not_each_time() {
        for (long count = 1; count <= 12; count++) {
            recorded.listener.closedUncommitted(new UncommittedClose(
                    Recorded.ORDERS,
                    "com.acme.OrderDao.save(OrderDao.java:41)",
                    Arrays.asList(new StackTraceElement("com.acme.OrderDao", "save", "OrderDao.java", 41)),
                    "worker-3",
                    count,
                    true));
        }

        assertThat(recorded.events.getFinishedLogRecordItems()).hasSize(2);
        LogRecordData event = recorded.events.getFinishedLogRecordItems().get(1);
        assertThat(event.getEventName()).isEqualTo("poolwright.transaction.uncommitted");
        Attributes attributes = event.getAttributes();
        assertThat(attributes.get(longKey("poolwright.uncommitted.count"))).isEqualTo(10);
        assertThat(attributes.get(stringKey("poolwright.uncommitted.outcome"))).isEqualTo("committed");
        assertThat(attributes.get(stringKey("code.function.name"))).isEqualTo("com.acme.OrderDao.save");
        assertThat(recorded.listener.firstAccident()).isNull();
    }
}
