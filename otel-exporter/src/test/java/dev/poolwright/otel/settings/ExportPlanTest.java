package dev.poolwright.otel.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportPlanTest {

    private final List<String> warnings = new ArrayList<>();

    @Test
    void exports_nothing_that_nobody_configured() {
        assertThat(ExportPlan.read(settings(ExporterSettings.Kind.AUTO))).isNull();
        assertThat(warnings).isEmpty();
    }

    @Test
    void sends_every_signal_to_the_common_endpoint() {
        ExportPlan plan = ExportPlan.read(
                settings(ExporterSettings.Kind.AUTO).with("otel.exporter.otlp.endpoint", "http://collector:4318"));

        assertThat(plan.target()).isEqualTo("http://collector:4318");
        assertThat(plan.properties())
                .containsEntry("otel.traces.exporter", "otlp")
                .containsEntry("otel.metrics.exporter", "otlp")
                .containsEntry("otel.logs.exporter", "otlp")
                .containsEntry("otel.exporter.otlp.protocol", "http/protobuf")
                .containsEntry("otel.propagators", "none")
                .containsKey("otel.service.name");
    }

    @Test
    void sends_only_the_signal_that_has_an_endpoint() {
        ExportPlan plan = ExportPlan.read(settings(ExporterSettings.Kind.AUTO)
                .with("otel.exporter.otlp.traces.endpoint", "http://collector:4318/v1/traces"));

        assertThat(plan.properties())
                .containsEntry("otel.traces.exporter", "otlp")
                .containsEntry("otel.metrics.exporter", "none")
                .containsEntry("otel.logs.exporter", "none");
    }

    @Test
    void does_what_the_signals_own_exporter_setting_says() {
        ExportPlan plan = ExportPlan.read(settings(ExporterSettings.Kind.AUTO)
                .with("otel.exporter.otlp.endpoint", "http://collector:4318")
                .with("otel.traces.exporter", "otlp, console")
                .with("otel.metrics.exporter", "none")
                .with("otel.logs.exporter", "zipkin"));

        assertThat(plan.properties())
                .containsEntry("otel.traces.exporter", "otlp")
                .containsEntry("otel.metrics.exporter", "none")
                .containsEntry("otel.logs.exporter", "none");
        assertThat(plan.toConsole("traces")).isTrue();
        assertThat(plan.target()).isEqualTo("http://collector:4318 and console");
        assertThat(warnings)
                .containsExactly("telemetry: otel.logs.exporter=zipkin is not supported; otlp, console and none are");
    }

    @Test
    void says_that_grpc_is_not_spoken() {
        ExportPlan plan = ExportPlan.read(settings(ExporterSettings.Kind.AUTO)
                .with("otel.exporter.otlp.endpoint", "http://collector:4317")
                .with("otel.exporter.otlp.protocol", "grpc"));

        assertThat(plan).isNull();
        assertThat(warnings).singleElement().asString().contains("grpc", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
    }

    @Test
    void obeys_the_switch_that_disables_every_sdk() {
        assertThat(ExportPlan.read(settings(ExporterSettings.Kind.CONSOLE).with("otel.sdk.disabled", "true")))
                .isNull();
    }

    @Test
    void leaves_a_configured_service_name_alone() {
        ExporterSettings otlp = settings(ExporterSettings.Kind.OTLP);

        assertThat(ExportPlan.read(otlp.with("otel.resource.attributes", "a=b,service.name=shop"))
                        .properties())
                .doesNotContainKey("otel.service.name");
        assertThat(ExportPlan.read(otlp.with("otel.service.name", "shop")).properties())
                .containsEntry("otel.service.name", "shop");
    }

    @ParameterizedTest
    @CsvSource({
        "/opt/acme/legacy.jar --user x, legacy",
        "legacy-1.2.jar, legacy-1.2",
        "C:\\Program Files\\acme\\legacy.jar -x, legacy",
        "com.acme.Main a.jar b, com.acme.Main",
        "com.acme.Main, com.acme.Main",
        "shop/com.acme.Main, com.acme.Main",
        "'', unknown_service:java",
    })
    void names_the_service_after_the_program(String command, String name) {
        assertThat(Program.name(command)).isEqualTo(name);
    }

    private ExporterSettings settings(ExporterSettings.Kind kind) {
        return ExporterSettings.of(kind, warnings::add, line -> {});
    }
}
