package dev.poolwright.otel.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.Flush;
import dev.poolwright.event.TransactionEnd;
import dev.poolwright.otel.settings.SpanLimits;
import dev.poolwright.otel.settings.SpanLimits.Kind;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpanLimitTest {

    private static final long MILLI = 1_000_000;

    private static final SpanLimits EACH = SpanLimits.usual().with(Kind.WAIT, 0);

    /** What one call of each kind is called. */
    private static final Map<Kind, List<String>> NAMES = new EnumMap<>(Map.of(
            Kind.COMMIT, List.of("COMMIT orders", "COMMIT orders"),
            Kind.ROLLBACK, List.of("ROLLBACK orders", "ROLLBACK TO SAVEPOINT orders"),
            Kind.BATCH, List.of("BATCH orders"),
            Kind.FLUSH, List.of("Session.flush"),
            Kind.WAIT, List.of("poolwright.connection.wait")));

    @ParameterizedTest
    @EnumSource
    void leaves_out_what_was_faster_than_its_own_limit(Kind kind) {
        Recorded recorded = new Recorded(EACH.with(kind, 10));
        everyKind(recorded, 10 * MILLI - 1, null);

        assertThat(names(recorded)).isNotEmpty().doesNotContainAnyElementsOf(NAMES.get(kind));
        assertThat(recorded.spans.getFinishedSpanItems())
                .hasSize(7 - NAMES.get(kind).size());

        everyKind(recorded, 10 * MILLI, null);
        assertThat(names(recorded))
                .containsAll(NAMES.get(kind))
                .hasSize(14 - NAMES.get(kind).size());
        assertThat(recorded.listener.firstAccident()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void keeps_what_failed_however_fast_unless_its_kind_is_off(Kind kind) {
        Recorded slow = new Recorded(EACH.with(kind, 10));
        everyKind(slow, 1, new SQLException("row of Jane", "40001"));
        assertThat(names(slow)).containsAll(NAMES.get(kind)).hasSize(7);

        Recorded off = new Recorded(EACH.with(kind, -1));
        everyKind(off, 1, new SQLException("row of Jane", "40001"));
        assertThat(names(off))
                .doesNotContainAnyElementsOf(NAMES.get(kind))
                .hasSize(7 - NAMES.get(kind).size());
        assertThat(off.spans.getFinishedSpanItems().toString()).doesNotContain("Jane");
    }

    @Test
    void counts_in_the_metrics_what_is_no_span() {
        Recorded recorded = new Recorded(EACH.with(Kind.COMMIT, -1).with(Kind.WAIT, -1));
        everyKind(recorded, MILLI, null);

        assertThat(recorded.metric("db.client.operation.duration")
                        .getHistogramData()
                        .getPoints())
                .anyMatch(point -> point.getCount() == 2
                        && "COMMIT".equals(point.getAttributes().get(AttributeKey.stringKey("db.operation.name"))));
        assertThat(recorded.metric("db.client.connection.wait_time")
                        .getHistogramData()
                        .getPoints())
                .singleElement()
                .extracting(point -> point.getCount())
                .isEqualTo(1L);
    }

    @Test
    void shows_a_long_wait_where_it_was_and_which_pool_it_was_for() {
        Recorded recorded = new Recorded();
        recorded.nanos.addAndGet(300 * MILLI);
        recorded.listener.checkedOut(Recorded.ORDERS, 250 * MILLI);
        recorded.listener.checkedOut(Recorded.ORDERS, 99 * MILLI);

        SpanData span = recorded.onlySpan();
        assertThat(span.getName()).isEqualTo("poolwright.connection.wait");
        assertThat(span.getKind()).isEqualTo(SpanKind.INTERNAL);
        long end = TimeUnit.SECONDS.toNanos(Recorded.START.getEpochSecond()) + 300 * MILLI;
        assertThat(span.getEndEpochNanos()).isEqualTo(end);
        assertThat(span.getStartEpochNanos()).isEqualTo(end - 250 * MILLI);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getAttributes().asMap())
                .isEqualTo(Attributes.builder()
                        .put("db.system.name", "postgresql")
                        .put("db.namespace", "orders")
                        .put("server.address", "db")
                        .put("db.client.connection.pool.name", "db:5432/orders@app")
                        .build()
                        .asMap());
    }

    @Test
    void shows_a_wait_that_gave_up_as_the_error_the_application_gets() {
        Recorded recorded = new Recorded();
        recorded.listener.checkoutTimedOut(Recorded.ORDERS, MILLI);

        SpanData span = recorded.onlySpan();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEqualTo("08001 java.sql.SQLTransientConnectionException");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("PW-101");
    }

    /** One call of each way to be a span, of one length. */
    private static void everyKind(Recorded recorded, long took, SQLException failure) {
        recorded.nanos.addAndGet(took);
        long end = recorded.nanos.get();
        for (TransactionEnd how : TransactionEnd.values()) {
            recorded.listener.transactionEnded(Recorded.ORDERS, how, end - took, end, failure);
        }
        recorded.listener.batchExecuted(Recorded.ORDERS, 2, end - took, end, failure);
        Flush flush = new Flush(Recorded.SESSION, Flush.Trigger.COMMIT, 1, 0, 0, 0);
        Object started = recorded.listener.flushStarted(flush);
        recorded.nanos.addAndGet(took);
        recorded.listener.flushEnded(flush, started, failure);
        if (failure == null) {
            recorded.listener.checkedOut(Recorded.ORDERS, took);
        } else {
            recorded.listener.checkoutTimedOut(Recorded.ORDERS, took);
        }
    }

    private static List<String> names(Recorded recorded) {
        return recorded.spans.getFinishedSpanItems().stream()
                .map(SpanData::getName)
                .toList();
    }
}
