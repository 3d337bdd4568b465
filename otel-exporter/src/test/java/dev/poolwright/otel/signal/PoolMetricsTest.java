package dev.poolwright.otel.signal;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionReset;
import dev.poolwright.event.SessionStep;
import dev.poolwright.event.TransactionEnd;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolMetricsTest {

    private static final Attributes POOL =
            Attributes.of(stringKey("db.client.connection.pool.name"), Recorded.ORDERS.name());

    private final Recorded recorded = new Recorded();

    @AfterEach
    void nothing_went_wrong() {
        assertThat(recorded.listener.firstAccident()).isNull();
    }

    @Test
    void reports_what_a_pool_has_when_it_is_asked() {
        AtomicReference<EngineStats> stats = new AtomicReference<>(Recorded.stats(10, 4, 3, 2));
        recorded.listener.engineOpened(Recorded.ORDERS, stats::get);

        assertThat(longs("db.client.connection.count", "{connection}"))
                .containsEntry(with("db.client.connection.state", "used"), 4L)
                .containsEntry(with("db.client.connection.state", "idle"), 3L)
                .hasSize(2);
        assertThat(longs("db.client.connection.idle.max", "{connection}")).containsExactly(Map.entry(POOL, 5L));
        assertThat(longs("db.client.connection.idle.min", "{connection}")).containsExactly(Map.entry(POOL, 0L));
        assertThat(longs("db.client.connection.max", "{connection}")).containsExactly(Map.entry(POOL, 15L));
        assertThat(longs("db.client.connection.pending_requests", "{request}")).containsExactly(Map.entry(POOL, 2L));
        assertThat(longs("poolwright.connection.overflow", "{connection}")).containsExactly(Map.entry(POOL, 2L));

        stats.set(Recorded.stats(10, 0, 1, 0));
        assertThat(longs("db.client.connection.count", "{connection}"))
                .containsEntry(with("db.client.connection.state", "used"), 0L)
                .containsEntry(with("db.client.connection.state", "idle"), 1L);
    }

    @Test
    void says_no_maximum_where_there_is_none() {
        recorded.listener.engineOpened(Recorded.ORDERS, () -> Recorded.stats(-1, 1, 1, 0));

        assertThat(names()).contains("db.client.connection.count").doesNotContain("db.client.connection.max");
    }

    @Test
    void counts_resets_of_sessions_by_what_was_done_and_why() {
        SessionReset.Outcome reset = SessionReset.Outcome.RESET;
        recorded.listener.sessionReset(Recorded.ORDERS, new SessionReset(reset, "setting", "SET search_path", 200_000));
        recorded.listener.sessionReset(Recorded.ORDERS, new SessionReset(reset, "setting", "SET role", 300_000));

        HistogramPointData point = onlyPoint("poolwright.session.reset.duration");
        assertThat(point.getCount()).isEqualTo(2);
        assertThat(point.getSum()).isEqualTo(0.0005);
        assertThat(point.getAttributes())
                .isEqualTo(POOL.toBuilder()
                        .put("poolwright.reset.outcome", "reset")
                        .put("poolwright.reset.reason", "setting")
                        .build());
    }

    @Test
    void forgets_the_counts_of_a_closed_engine() {
        recorded.listener.engineOpened(Recorded.ORDERS, () -> Recorded.stats(10, 1, 1, 0));
        recorded.listener.engineClosed(Recorded.ORDERS);

        assertThat(names()).doesNotContain("db.client.connection.count", "db.client.connection.idle.max");
    }

    @Test
    void measures_in_seconds_with_buckets_that_tell_milliseconds_apart() {
        recorded.listener.connectionOpened(Recorded.ORDERS, 20_000_000, null);
        recorded.listener.connectionOpened(Recorded.ORDERS, 20_000_000, new SQLException());
        recorded.listener.checkedOut(Recorded.ORDERS, 200_000);
        recorded.listener.checkedIn(Recorded.ORDERS, 3_000_000_000L);
        recorded.listener.checkoutTimedOut(Recorded.ORDERS, 1);

        assertThat(onlyPoint("db.client.connection.create_time").getSum()).isEqualTo(0.02);
        assertThat(onlyPoint("db.client.connection.create_time").getCount()).isEqualTo(1);
        assertThat(onlyPoint("db.client.connection.wait_time").getSum()).isEqualTo(0.0002);
        assertThat(onlyPoint("db.client.connection.wait_time").getBoundaries()).startsWith(0.0001, 0.0005);
        assertThat(onlyPoint("db.client.connection.use_time").getSum()).isEqualTo(3.0);
        assertThat(onlyPoint("db.client.connection.use_time").getAttributes()).isEqualTo(POOL);
        assertThat(onlyPoint("db.client.connection.use_time").getBoundaries()).endsWith(60.0, 300.0);
        assertThat(longs("db.client.connection.timeouts", "{timeout}")).containsExactly(Map.entry(POOL, 1L));
    }

    @Test
    void measures_commits_by_outcome() {
        recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.COMMIT, 0, 2_000_000, null);
        recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.IMPLICIT_COMMIT, 0, 4_000_000, null);
        recorded.listener.transactionEnded(
                Recorded.ORDERS, TransactionEnd.COMMIT, 0, 1, new SQLException("x", "40001"));
        recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.ROLLBACK_TO_SAVEPOINT, 0, 1, null);

        Map<Attributes, Long> counts =
                recorded.metric("db.client.operation.duration").getHistogramData().getPoints().stream()
                        .collect(Collectors.toMap(HistogramPointData::getAttributes, HistogramPointData::getCount));
        Attributes commit = Attributes.builder()
                .put("db.system.name", "postgresql")
                .put("db.namespace", "orders")
                .put("db.operation.name", "COMMIT")
                .put("server.address", "db")
                .build();
        assertThat(counts)
                .containsEntry(commit, 2L)
                .containsEntry(
                        commit.toBuilder()
                                .put("error.type", "40001")
                                .put("db.response.status_code", "40001")
                                .build(),
                        1L)
                .hasSize(2);
    }

    @Test
    void records_how_long_a_session_took_for_what() {
        recorded.listener.sessionStepped(Recorded.SESSION, SessionStep.OPEN, 1, 2, null);
        recorded.listener.sessionStepped(Recorded.SESSION, SessionStep.COMMIT, 0, 2_000_000_000, null);
        recorded.listener.sessionStepped(
                Recorded.SESSION, SessionStep.COMMIT, 1, 2, new IllegalStateException("row of Jane"));

        Map<Attributes, Double> sums =
                recorded.metric("poolwright.session.operation.duration").getHistogramData().getPoints().stream()
                        .collect(Collectors.toMap(HistogramPointData::getAttributes, HistogramPointData::getSum));
        Attributes commit = Attributes.builder()
                .put("poolwright.session.library", "hibernate")
                .put("poolwright.session.type", "Session")
                .put("poolwright.session.operation", "commit")
                .build();
        assertThat(sums)
                .containsEntry(commit, 2.0)
                .containsKey(commit.toBuilder()
                        .put("error.type", "java.lang.IllegalStateException")
                        .build())
                .hasSize(3);
    }

    @Test
    void counts_sessions_and_leaks() {
        recorded.listener.sessionOpened(Recorded.SESSION);
        recorded.listener.sessionOpened(Recorded.SESSION);
        recorded.listener.sessionClosed(Recorded.SESSION);
        recorded.listener.leaked(new Leak(
                Leak.Kind.SESSION,
                Leak.Action.HELD_AT_EXIT,
                null,
                "hibernate Session",
                "unknown",
                Collections.emptyList(),
                "?",
                0));

        assertThat(longs("poolwright.session.open", "{session}").values()).containsExactly(1L);
        assertThat(longs("poolwright.connection.leaks", "{leak}").keySet())
                .containsExactly(Attributes.of(
                        stringKey("poolwright.leak.type"),
                        "session",
                        stringKey("poolwright.leak.action"),
                        "held_at_exit"));
    }

    @Test
    void counts_lines_reported_for_open_statements_and_no_connection_that_may_be_closed_yet() {
        for (Leak.Action action : new Leak.Action[] {Leak.Action.REPORTED, Leak.Action.HELD}) {
            recorded.listener.leaked(new Leak(
                    action == Leak.Action.HELD ? Leak.Kind.CONNECTION : Leak.Kind.STATEMENT,
                    action,
                    Recorded.ORDERS,
                    "connection",
                    "unknown",
                    Collections.emptyList(),
                    "?",
                    0));
        }

        assertThat(longs("poolwright.connection.leaks", "{leak}"))
                .containsExactly(Map.entry(
                        POOL.toBuilder()
                                .put("poolwright.leak.type", "statement")
                                .put("poolwright.leak.action", "reported")
                                .build(),
                        1L));
    }

    private List<String> names() {
        return recorded.metrics.collectAllMetrics().stream()
                .map(MetricData::getName)
                .toList();
    }

    private HistogramPointData onlyPoint(String name) {
        MetricData metric = recorded.metric(name);
        assertThat(metric.getUnit()).isEqualTo("s");
        return metric.getHistogramData().getPoints().iterator().next();
    }

    private Map<Attributes, Long> longs(String name, String unit) {
        MetricData metric = recorded.metric(name);
        assertThat(metric.getUnit()).isEqualTo(unit);
        return metric.getLongSumData().getPoints().stream()
                .collect(Collectors.toMap(LongPointData::getAttributes, LongPointData::getValue));
    }

    private static Attributes with(String key, String value) {
        return POOL.toBuilder().put(key, value).build();
    }
}
