package dev.poolwright.otel.bridge;

import static dev.poolwright.otel.bridge.ApplicationLoader.names;
import static dev.poolwright.otel.bridge.ApplicationLoader.span;
import static dev.poolwright.otel.bridge.ApplicationLoader.spans;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Flush;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.TransactionEnd;
import dev.poolwright.otel.bridge.ApplicationLoader.Application;
import dev.poolwright.otel.settings.SpanLimits;
import dev.poolwright.otel.signal.TelemetryListener;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications with copies of OpenTelemetry of their own, of several versions; this class path is the agent's. */
class BridgeTest {

    private static final EngineInfo ORDERS = new EngineInfo(
            "db:5432/orders@app", "jdbc:postgresql://db/orders", "app", "postgresql", "orders", "db", -1);
    private static final SessionInfo SESSION = new SessionInfo("hibernate", "Session");

    static {
        Context.current(); // ours, before there is an application: it would look for its storage there
    }

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final InMemorySpanExporter ownSpans = InMemorySpanExporter.create();
    private final InMemoryMetricReader ownMetrics = InMemoryMetricReader.create();
    private final AtomicReference<Supplier<@Nullable TracePosition>> around = new AtomicReference<>(() -> null);
    private @Nullable TelemetryListener own;
    private BridgedListener bridged = new BridgedListener(null, null, SpanLimits.usual(), told::add);

    @AfterEach
    void nothing_went_wrong() {
        assertThat(bridged.accidents()).as(told.toString()).isZero();
        TelemetryListener ours = own;
        if (ours != null) {
            assertThat(ours.firstAccident()).isNull();
        }
    }

    /** With an SDK of ours as well. */
    private void withOurOwn() {
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(ownSpans))
                        .build())
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(ownMetrics)
                        .build())
                .build();
        TelemetryListener ours = new TelemetryListener(
                sdk, SpanLimits.usual(), () -> around.get().get());
        own = ours;
        bridged = new BridgedListener(ours, ours.withoutSpans(), SpanLimits.usual(), told::add);
        around.set(bridged::position);
    }

    /** What an engine and a session tell of an order. */
    private void order() {
        bridged.engineOpened(ORDERS, () -> new EngineStats(5, 10, 1, 2, 0, 3, 0));
        bridged.connectionOpened(ORDERS, 12_000_000, null);
        bridged.checkedOut(ORDERS, 112_000_000);
        Flush flush = new Flush(SESSION, Flush.Trigger.COMMIT, 2, 0, 0, 0);
        Object started = bridged.flushStarted(flush);
        bridged.batchExecuted(ORDERS, 2, 1, 2, new SQLException("no", "40001"));
        bridged.flushEnded(flush, started, null);
        commit();
        bridged.checkedIn(ORDERS, 20_000_000);
    }

    private void commit() {
        bridged.transactionEnded(ORDERS, TransactionEnd.COMMIT, 1, 2, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"current", "1.10.1", "1.4.1"})
    void a_global_sdk_of_any_version_makes_the_spans_itself(String version) throws Exception {
        try (ApplicationLoader loader = ApplicationLoader.with(version)) {
            Application shop = loader.application(TracedApplication.class);
            shop.ask("set");
            bridged.saw(loader);

            String trace = loader.in(() -> {
                Object begun = shop.ask("begin");
                order();
                shop.ask("end");
                return (String) begun;
            });

            nothing_went_wrong();
            assertThat(spans(shop)).extracting("trace").containsOnly(trace);
            assertThat(names(shop))
                    .containsExactly(
                            "poolwright.connection.wait", "BATCH orders", "Session.flush", "COMMIT orders", "request");
            String request = span(shop, "request").get("id");
            assertThat(span(shop, "COMMIT orders"))
                    .containsEntry("parent", request)
                    .extractingByKey("attributes")
                    .asString()
                    .contains("db.system.name=postgresql", "db.operation.name=COMMIT", "server.address=db");
            assertThat(span(shop, "Session.flush"))
                    .containsEntry("parent", request)
                    .extractingByKey("attributes")
                    .asString()
                    .contains("poolwright.flush.inserts=2");
            assertThat(span(shop, "BATCH orders"))
                    .containsEntry("parent", span(shop, "Session.flush").get("id"))
                    .containsEntry("status", "40001 java.sql.SQLException");
            assertThat(told)
                    .containsExactly("telemetry joins the application's own OpenTelemetry: spans"
                            + (version.equals("current")
                                    ? ", metrics, log records"
                                    : "; its version is too old for metrics (1.32) and log records (1.50)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"current", "1.10.1"})
    void it_may_become_global_later_and_nothing_is_in_its_way(String version) throws Exception {
        withOurOwn(); // which asks for the current span
        try (ApplicationLoader loader = ApplicationLoader.with(version)) {
            Application shop = loader.application(TracedApplication.class);
            bridged.saw(loader);
            loader.in(() -> {
                order(); // before its context is at work
                shop.ask("wrap");
                shop.ask("begin");
                order();
                return shop.ask("end");
            });
            assertThat(shop.ask("wrapped")).isEqualTo(1);
            assertThat(names(shop)).containsExactly("request");

            assertThat(shop.ask("set")).isEqualTo(true);
            String trace = loader.in(() -> {
                Object begun = shop.ask("begin");
                commit();
                shop.ask("end");
                return (String) begun;
            });

            assertThat(span(shop, "COMMIT orders")).containsEntry("trace", trace);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"current", "1.4.1"})
    void of_an_sdk_that_is_not_global_the_current_span_is_the_parent_of_ours(String version) throws Exception {
        withOurOwn();
        try (ApplicationLoader loader = ApplicationLoader.with(version)) {
            Application shop = loader.application(TracedApplication.class);
            // To older versions that is a global one which does nothing; ours would be nothing as well.
            shop.ask("ask too early");
            bridged.saw(loader);

            String trace = loader.in(() -> {
                Object begun = shop.ask("begin");
                order();
                shop.ask("end");
                return (String) begun;
            });
            loader.in(() -> {
                commit();
                return null;
            });

            List<SpanData> ours = ownSpans.getFinishedSpanItems();
            assertThat(ours)
                    .extracting(SpanData::getName)
                    .containsExactly(
                            "poolwright.connection.wait",
                            "BATCH orders",
                            "Session.flush",
                            "COMMIT orders",
                            "COMMIT orders");
            assertThat(ours.subList(0, 4)).extracting(SpanData::getTraceId).containsOnly(trace);
            String request = span(shop, "request").get("id");
            assertThat(ours.get(3).getParentSpanId()).isEqualTo(request);
            assertThat(ours.get(2).getParentSpanId()).isEqualTo(request);
            assertThat(ours.get(1).getParentSpanId()).isEqualTo(ours.get(2).getSpanId());
            assertThat(ours.get(4).getParentSpanContext().isValid()).isFalse();
            assertThat(names(shop)).containsExactly("request");
        }
    }

    @Test
    void with_both_the_spans_are_the_applications_and_the_metrics_ours() throws Exception {
        withOurOwn();
        try (ApplicationLoader loader = ApplicationLoader.with("current")) {
            Application shop = loader.application(TracedApplication.class);
            shop.ask("set");
            bridged.saw(loader);

            loader.in(() -> {
                shop.ask("begin");
                order();
                return shop.ask("end");
            });

            assertThat(names(shop)).contains("COMMIT orders", "Session.flush");
            assertThat(ownSpans.getFinishedSpanItems()).isEmpty();
            assertThat(ownMetrics.collectAllMetrics())
                    .extracting(metric -> metric.getName())
                    .contains("db.client.operation.duration", "db.client.connection.count");
            assertThat(told).containsExactly("telemetry joins the application's own OpenTelemetry: spans");
        }
    }

    @Test
    void without_ours_metrics_and_records_are_the_applications_too() throws Exception {
        try (ApplicationLoader loader = ApplicationLoader.with("current")) {
            Application shop = loader.application(MeasuredApplication.class);
            bridged.saw(loader);
            TracePosition acquired = new TracePosition(
                    "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", (byte) 1, Collections.emptyMap());

            loader.in(() -> {
                shop.ask("begin");
                order();
                bridged.leaked(new Leak(
                                Leak.Kind.CONNECTION,
                                Leak.Action.RECLAIMED,
                                ORDERS,
                                "connection of " + ORDERS.name(),
                                "com.acme.OrderDao.save(OrderDao.java:41)",
                                Collections.emptyList(),
                                "worker-3",
                                2_100_000_000L)
                        .within(acquired));
                return null;
            });

            assertThat(shop.ask("metrics"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .contains(
                            "db.client.connection.count",
                            "db.client.connection.use_time",
                            "db.client.operation.duration",
                            "poolwright.connection.leaks");
            assertThat(shop.ask("records"))
                    .isEqualTo(List.of("poolwright.connection.leak 0af7651916cd43dd8448eb211c80319c"));

            bridged.engineClosed(ORDERS);
            assertThat(shop.ask("metrics"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .doesNotContain("db.client.connection.count");
        }
    }

    @Test
    void each_application_of_a_server_gets_its_own() throws Exception {
        try (ApplicationLoader first = ApplicationLoader.with("current");
                ApplicationLoader second = ApplicationLoader.with("1.10.1");
                ApplicationLoader plain = ApplicationLoader.with("current")) {
            Application shop = first.application(TracedApplication.class);
            Application bank = second.application(TracedApplication.class);
            shop.ask("set");
            bank.ask("set");
            bridged.saw(first);
            requestIn(first, shop);
            commitIn(null); // whose it is can be told as long as there is one
            commitIn(plain); // beside it
            assertThat(names(shop)).containsExactly("request", "COMMIT orders");

            bridged.saw(second);
            requestIn(second, bank);
            commitIn(first);
            commitIn(new ClassLoader(second) {});
            commitIn(new ClassLoader(second) {});
            commitIn(plain);
            commitIn(null);
            commitIn(ClassLoader.getSystemClassLoader());

            assertThat(names(shop)).containsExactly("request", "COMMIT orders", "COMMIT orders");
            assertThat(names(bank)).containsExactly("request", "COMMIT orders", "COMMIT orders");
        }
    }

    /** From then on its context is in use. */
    private static void requestIn(ApplicationLoader loader, Application application) throws Exception {
        loader.in(() -> {
            application.ask("begin");
            return application.ask("end");
        });
    }

    private void commitIn(@Nullable ClassLoader context) throws Exception {
        ApplicationLoader.in(context, () -> {
            commit();
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_application_is_held_when_it_is_undeployed(boolean global) throws Exception {
        withOurOwn();
        AtomicReference<@Nullable Object> acquired = new AtomicReference<>();
        WeakReference<ClassLoader> undeployed = deployed(global, acquired);

        for (int i = 0; i < 100 && undeployed.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(undeployed.get()).isNull();
        assertThat(acquired.get()).isNotNull(); // by a connection that is never closed
        commitIn(null);
        commitIn(ClassLoader.getPlatformClassLoader());
        assertThat(ownSpans.getFinishedSpanItems()).hasSize(global ? 2 : 6);
    }

    private WeakReference<ClassLoader> deployed(boolean global, AtomicReference<@Nullable Object> acquired)
            throws Exception {
        try (ApplicationLoader loader = ApplicationLoader.with("current")) {
            Application shop = loader.application(TracedApplication.class);
            if (global) {
                shop.ask("set");
            }
            bridged.saw(loader);
            loader.in(() -> {
                shop.ask("begin");
                acquired.set(bridged.acquiring());
                order();
                return shop.ask("end");
            });
            return new WeakReference<>(loader);
        }
    }

    @Test
    void passes_on_all_that_a_listener_can_be_told() {
        assertThat(Arrays.stream(EngineListener.class.getDeclaredMethods())
                        .map(Method::getName)
                        .filter(name -> !name.contains("$")
                                && !name.equals("nestedAtTheCap"))) // of which telemetry has nothing
                .allSatisfy(name -> assertThat(Arrays.stream(BridgedListener.class.getDeclaredMethods())
                                .map(Method::getName))
                        .contains(name));
    }
}
