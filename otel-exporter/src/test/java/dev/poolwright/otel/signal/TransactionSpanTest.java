package dev.poolwright.otel.signal;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.TransactionEnd;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransactionSpanTest {

    private final Recorded recorded = new Recorded();

    @AfterEach
    void nothing_went_wrong() {
        assertThat(recorded.listener.firstAccident()).isNull();
        assertThat(recorded.listener.accidents()).isZero();
    }

    @Test
    void names_a_commit_after_its_database_and_says_which_it_is() {
        recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.COMMIT, 1_000, 2_500, null);

        SpanData span = recorded.onlySpan();
        assertThat(span.getName()).isEqualTo("COMMIT orders");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getInstrumentationScopeInfo().getName()).isEqualTo("dev.poolwright.jdbc");
        assertThat(span.getInstrumentationScopeInfo().getSchemaUrl())
                .isEqualTo("https://opentelemetry.io/schemas/1.44.0");
        assertThat(span.getAttributes().asMap())
                .isEqualTo(Attributes.builder()
                        .put("db.system.name", "postgresql")
                        .put("db.namespace", "orders")
                        .put("db.operation.name", "COMMIT")
                        .put("server.address", "db")
                        .build()
                        .asMap());
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void lasts_from_the_call_to_the_return() {
        recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.COMMIT, 900, 2_500, null);

        SpanData span = recorded.onlySpan();
        long start = TimeUnit.SECONDS.toNanos(Recorded.START.getEpochSecond());
        assertThat(span.getStartEpochNanos()).isEqualTo(start - 100);
        assertThat(span.getEndEpochNanos()).isEqualTo(start + 1_500);
    }

    @Test
    void is_a_child_of_the_span_current_on_the_thread() {
        Span request = recorded.sdk.getTracer("test").spanBuilder("GET /orders").startSpan();
        Context.root()
                .with(request)
                .wrap(() -> recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.COMMIT, 1, 2, null))
                .run();

        assertThat(recorded.onlySpan().getParentSpanContext()).isEqualTo(request.getSpanContext());
    }

    @Test
    void is_a_root_where_no_span_is_current() {
        recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.COMMIT, 1, 2, null);

        assertThat(recorded.onlySpan().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void tells_an_implicit_commit_by_its_trigger() {
        recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.IMPLICIT_COMMIT, 1, 2, null);

        SpanData span = recorded.onlySpan();
        assertThat(span.getName()).isEqualTo("COMMIT orders");
        assertThat(span.getAttributes().get(stringKey("db.operation.name"))).isEqualTo("COMMIT");
        assertThat(span.getAttributes().get(stringKey("poolwright.commit.trigger")))
                .isEqualTo("set_autocommit");
    }

    @Test
    void names_rollbacks_and_partial_ones() {
        recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.ROLLBACK, 1, 2, null);
        recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.ROLLBACK_TO_SAVEPOINT, 3, 4, null);

        assertThat(recorded.spans.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactly("ROLLBACK orders", "ROLLBACK TO SAVEPOINT orders");
    }

    @Test
    void falls_back_to_the_server_and_then_to_the_bare_word() {
        EngineInfo server = new EngineInfo("a", "jdbc:x", null, "other_sql", null, "db7", 4444);
        EngineInfo nothing = new EngineInfo("b", "jdbc:y", null, "other_sql", null, null, -1);
        recorded.listener.transactionEnded(server, TransactionEnd.COMMIT, 1, 2, null);
        recorded.listener.transactionEnded(nothing, TransactionEnd.COMMIT, 1, 2, null);

        assertThat(recorded.spans.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactly("COMMIT db7:4444", "COMMIT");
        assertThat(recorded.spans.getFinishedSpanItems().get(0).getAttributes().get(longKey("server.port")))
                .isEqualTo(4444L);
    }

    @Test
    void says_the_port_only_if_it_is_not_the_usual_one() {
        EngineInfo usual = new EngineInfo("a", "jdbc:x", null, "postgresql", "o", "db", 5432);
        EngineInfo other = new EngineInfo("b", "jdbc:x", null, "postgresql", "o", "db", 5433);
        recorded.listener.transactionEnded(usual, TransactionEnd.COMMIT, 1, 2, null);
        recorded.listener.transactionEnded(other, TransactionEnd.COMMIT, 1, 2, null);

        assertThat(recorded.spans.getFinishedSpanItems())
                .extracting(span -> span.getAttributes().get(longKey("server.port")))
                .containsExactly(null, 5433L);
    }

    @Test
    void describes_a_failure_without_its_message() {
        SQLException failure = new SQLException("Key (name)=(Jane Doe) already exists", "23505");
        recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.COMMIT, 1, 2, failure);

        SpanData span = recorded.onlySpan();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEqualTo("23505 java.sql.SQLException");
        assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo("23505");
        assertThat(span.getAttributes().get(stringKey("db.response.status_code")))
                .isEqualTo("23505");
        assertThat(span.getEvents()).isEmpty();
        assertThat(span.toString()).doesNotContain("Jane");
    }

    @Test
    void leaves_commit_and_rollback_to_a_tracer_that_reports_them() {
        Recorded beside = new Recorded(true);
        beside.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.COMMIT, 1, 2, null);
        beside.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.ROLLBACK, 1, 2, null);
        beside.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.IMPLICIT_COMMIT, 1, 2, null);

        assertThat(beside.onlySpan().getAttributes().get(stringKey("poolwright.commit.trigger")))
                .isEqualTo("set_autocommit");
    }

    @Test
    void says_the_size_of_a_batch_unless_it_is_one() {
        recorded.listener.batchExecuted(Recorded.ORDERS, 50, 1, 2, null);
        recorded.listener.batchExecuted(Recorded.ORDERS, 1, 1, 2, null);
        recorded.listener.batchExecuted(Recorded.ORDERS, 0, 1, 2, null);

        assertThat(recorded.spans.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsOnly("BATCH orders");
        assertThat(recorded.spans.getFinishedSpanItems())
                .extracting(span -> span.getAttributes().get(longKey("db.operation.batch.size")))
                .containsExactly(50L, null, 0L);
        assertThat(recorded.spans.getFinishedSpanItems())
                .extracting(span -> span.getAttributes().get(stringKey("db.operation.name")))
                .containsOnly("BATCH");
    }
}
