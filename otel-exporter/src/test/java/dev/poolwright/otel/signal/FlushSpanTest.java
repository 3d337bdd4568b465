package dev.poolwright.otel.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.TransactionEnd;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlushSpanTest {

    private final Recorded recorded = new Recorded();

    @AfterEach
    void nothing_went_wrong() {
        assertThat(recorded.listener.firstAccident()).isNull();
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void says_why_and_how_much() {
        Flush flush = new Flush(Recorded.SESSION, Flush.Trigger.AUTO, 3, 2, 1, 4);
        Object started = recorded.listener.flushStarted(flush);
        recorded.nanos.addAndGet(7_000);
        recorded.listener.flushEnded(flush, started, null);

        SpanData span = recorded.onlySpan();
        assertThat(span.getName()).isEqualTo("Session.flush");
        assertThat(span.getKind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(span.getInstrumentationScopeInfo().getName()).isEqualTo("dev.poolwright.hibernate");
        assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(7_000);
        assertThat(span.getAttributes().asMap())
                .isEqualTo(Attributes.builder()
                        .put("poolwright.flush.mode", "auto")
                        .put("poolwright.flush.inserts", 3)
                        .put("poolwright.flush.updates", 2)
                        .put("poolwright.flush.deletes", 1)
                        .put("poolwright.flush.collections", 4)
                        .put("poolwright.flush.entity_count", 6)
                        .build()
                        .asMap());
    }

    @Test
    void encloses_what_the_database_does_for_it() {
        Flush flush = new Flush(Recorded.SESSION, Flush.Trigger.EXPLICIT, 1, 0, 0, 0);
        Object started = recorded.listener.flushStarted(flush);
        recorded.listener.batchExecuted(Recorded.ORDERS, 2, 1, 2, null);
        recorded.listener.flushEnded(flush, started, null);
        recorded.listener.transactionEnded(Recorded.ORDERS, TransactionEnd.COMMIT, 3, 4, null);

        assertThat(recorded.spans.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactly("BATCH orders", "Session.flush", "COMMIT orders");
        SpanData batch = recorded.spans.getFinishedSpanItems().get(0);
        SpanData flushed = recorded.spans.getFinishedSpanItems().get(1);
        SpanData commit = recorded.spans.getFinishedSpanItems().get(2);
        assertThat(batch.getParentSpanId()).isEqualTo(flushed.getSpanId());
        assertThat(commit.getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void names_the_sqlstate_found_below_the_sessions_exception() {
        Flush flush = new Flush(Recorded.SESSION, Flush.Trigger.COMMIT, 1, 0, 0, 0);
        Object started = recorded.listener.flushStarted(flush);
        IllegalStateException thrown =
                new IllegalStateException("row of Jane", new SQLException("row of Jane", "23505", 7));
        recorded.listener.flushEnded(flush, started, thrown);

        SpanData span = recorded.onlySpan();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEqualTo("23505 java.lang.IllegalStateException");
        assertThat(span.toString()).doesNotContain("Jane");
    }

    @Test
    void keeps_its_length_when_the_calendar_is_read_anew_meanwhile() {
        Flush flush = new Flush(Recorded.SESSION, Flush.Trigger.COMMIT, 1, 0, 0, 0);
        Object started = recorded.listener.flushStarted(flush);
        long minute = Duration.ofMinutes(1).toNanos();
        recorded.nanos.addAndGet(minute);
        recorded.listener.transactionEnded(
                Recorded.ORDERS, TransactionEnd.COMMIT, recorded.nanos.get(), recorded.nanos.get(), null);
        recorded.listener.flushEnded(flush, started, null);

        SpanData span = recorded.spans.getFinishedSpanItems().get(1);
        assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(minute);
    }

    @Test
    void uses_each_librarys_own_word() {
        Flush flush =
                new Flush(new SessionInfo("mybatis", "SqlSession"), Flush.Trigger.EXPLICIT, 3, 0, 0, 0).inStatements(2);
        recorded.listener.flushEnded(flush, recorded.listener.flushStarted(flush), null);

        assertThat(recorded.onlySpan().getName()).isEqualTo("SqlSession.flushStatements");
        assertThat(recorded.onlySpan().getAttributes().asMap())
                .containsEntry(AttributeKey.longKey("poolwright.flush.statements"), 2L);
        assertThat(recorded.onlySpan().getInstrumentationScopeInfo().getName()).isEqualTo("dev.poolwright.mybatis");
    }

    @Test
    void survives_an_end_without_a_beginning() {
        Flush flush = new Flush(Recorded.SESSION, Flush.Trigger.AUTO, 1, 0, 0, 0);
        recorded.listener.flushEnded(flush, null, null);

        assertThat(recorded.spans.getFinishedSpanItems()).isEmpty();
    }
}
