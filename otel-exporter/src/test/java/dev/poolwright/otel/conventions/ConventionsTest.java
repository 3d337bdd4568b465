package dev.poolwright.otel.conventions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.otel.Exporter;
import dev.poolwright.otel.OtlpReceiver;
import dev.poolwright.otel.settings.ExporterSettings;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a collector receives, as the official protocol buffers have it, held against {@link Catalogue}, both ways. */
class ConventionsTest {

    private static final Map<String, Catalogue.Attribute> KNOWN =
            Catalogue.ATTRIBUTES.stream().collect(Collectors.toMap(Catalogue.Attribute::key, attribute -> attribute));

    private static OtlpReceiver receiver;
    private static List<ScopeSpans> scopes;

    @BeforeAll
    static void tell_everything_there_is_to_tell() throws IOException {
        receiver = new OtlpReceiver();
        Exporter exporter = requireNonNull(
                Exporter.start(ExporterSettings.of(ExporterSettings.Kind.AUTO, ConventionsTest::refuse, line -> {})
                        .with("otel.exporter.otlp.endpoint", receiver.endpoint())));
        EveryEvent.tell(exporter.listener());
        assertThat(exporter.close(Duration.ofSeconds(30))).isTrue();
        assertThat(exporter.accidents()).isZero();
        scopes = receiver.scopes().toList();
    }

    @AfterAll
    static void close() {
        receiver.close();
    }

    private static void refuse(String warning) {
        throw new AssertionError(warning);
    }

    @Test
    void every_span_is_of_its_kind_with_what_it_should_have_and_nothing_else() {
        Set<String> seen = new TreeSet<>();
        for (ScopeSpans scope : scopes) {
            assertThat(scope.getSchemaUrl()).isEqualTo("https://opentelemetry.io/schemas/1.44.0");
            for (Span span : scope.getSpansList()) {
                Catalogue.Span row = rowOf(span);
                seen.add(row.name());
                assertThat(scope.getScope().getName()).isEqualTo("dev.poolwright." + row.scope());
                assertThat(span.getKind().name()).isEqualTo("SPAN_KIND_" + row.kind());
                assertThat(span.getEventsList()).isEmpty();
                assertAttributes(span.getName(), span.getAttributesList(), row.always(), row.may());
                assertFailure(span);
            }
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        Catalogue.SPANS.stream().map(Catalogue.Span::name).toList());
    }

    @Test
    void spans_are_called_after_the_operation_and_the_database() {
        assertThat(scopes.stream()
                        .flatMap(scope -> scope.getSpansList().stream())
                        .map(Span::getName)
                        .filter(name -> name.startsWith("COMMIT")))
                .contains("COMMIT orders", "COMMIT");
    }

    @Test
    void every_metric_has_its_instrument_unit_bounds_and_attributes() {
        assertThat(receiver.metrics())
                .extracting(Metric::getName)
                .containsExactlyInAnyOrderElementsOf(
                        Catalogue.METRICS.stream().map(Catalogue.Metric::name).toList());
        for (Catalogue.Metric row : Catalogue.METRICS) {
            Metric metric = receiver.metrics().stream()
                    .filter(each -> each.getName().equals(row.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(metric.getUnit()).as(row.name()).isEqualTo(row.unit());
            assertThat(metric.getDescription()).as(row.name()).isNotBlank();
            assertThat(instrument(metric)).as(row.name()).isEqualTo(row.instrument());
            assertThat(metric.getHistogram().getDataPointsList())
                    .allSatisfy(point -> assertThat(point.getExplicitBoundsList())
                            .as(row.name())
                            .isEqualTo(row.bounds()));
            points(metric).forEach(point -> assertAttributes(row.name(), point, row.always(), row.may()));
        }
    }

    @Test
    void what_the_sdk_says_of_itself_has_the_names_of_the_conventions_too() {
        assertThat(receiver.metrics("io.opentelemetry."))
                .isNotEmpty()
                .allMatch(metric -> metric.getName().startsWith("otel.sdk."));
    }

    @Test
    void every_log_record_is_a_named_event_that_says_where() {
        Set<String> seen = new TreeSet<>();
        for (LogRecord event : receiver.events()) {
            Catalogue.Event row = Catalogue.EVENTS.stream()
                    .filter(each -> each.name().equals(event.getEventName()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not in the catalogue: " + event));
            seen.add(row.name());
            assertThat(event.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
            assertThat(event.getBody().getStringValue()).isNotBlank();
            assertAttributes(row.name(), event.getAttributesList(), row.always(), row.may());
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        Catalogue.EVENTS.stream().map(Catalogue.Event::name).toList());
    }

    @Test
    void every_attribute_of_the_catalogue_occurs() {
        Set<String> seen = allAttributes().map(KeyValue::getKey).collect(Collectors.toCollection(TreeSet::new));
        assertThat(seen).isEqualTo(new TreeSet<>(KNOWN.keySet()));
    }

    @Test
    void nothing_carries_the_message_of_an_exception() {
        assertThat(scopes.toString() + receiver.metrics() + receiver.events()).doesNotContain("Jane");
    }

    private static Catalogue.Span rowOf(Span span) {
        // The longest first: a rollback to a savepoint is no rollback.
        return Catalogue.SPANS.stream()
                .filter(row -> row.name().endsWith("…")
                        ? span.getName().matches(row.name().replace(" …", "( orders)?"))
                        : span.getName().equals(row.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not in the catalogue: " + span));
    }

    private static void assertFailure(Span span) {
        boolean failed = span.getAttributesList().stream()
                .anyMatch(attribute -> attribute.getKey().equals("error.type"));
        assertThat(span.getStatus().getCode())
                .isEqualTo(failed ? Status.StatusCode.STATUS_CODE_ERROR : Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(span.getStatus().getMessage()).matches(failed ? "([0-9A-Z]{5} )?java\\.[a-zA-Z.]+Exception" : "");
    }

    private static void assertAttributes(String of, List<KeyValue> given, List<String> always, List<String> may) {
        List<String> keys = given.stream().map(KeyValue::getKey).toList();
        List<String> allowed = new ArrayList<>(always);
        allowed.addAll(may);
        assertThat(keys).as(of).containsAll(always).isSubsetOf(allowed);
        for (KeyValue attribute : given) {
            Catalogue.Attribute known = requireNonNull(KNOWN.get(attribute.getKey()), attribute.getKey());
            assertThat(attribute.getValue().getValueCase())
                    .as(of + " " + attribute.getKey())
                    .isEqualTo(
                            known.type().equals("int")
                                    ? AnyValue.ValueCase.INT_VALUE
                                    : AnyValue.ValueCase.STRING_VALUE);
        }
    }

    private static String instrument(Metric metric) {
        if (metric.hasHistogram()) {
            return "Histogram";
        }
        assertThat(metric.getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        return metric.getSum().getIsMonotonic() ? "Counter" : "UpDownCounter";
    }

    private static Stream<List<KeyValue>> points(Metric metric) {
        return Stream.concat(
                metric.getSum().getDataPointsList().stream().map(point -> point.getAttributesList()),
                metric.getHistogram().getDataPointsList().stream().map(point -> point.getAttributesList()));
    }

    private static Stream<KeyValue> allAttributes() {
        return Stream.of(
                        scopes.stream()
                                .flatMap(scope -> scope.getSpansList().stream())
                                .map(Span::getAttributesList),
                        receiver.metrics().stream().flatMap(ConventionsTest::points),
                        receiver.events().stream().map(LogRecord::getAttributesList))
                .flatMap(lists -> lists)
                .flatMap(List::stream);
    }
}
