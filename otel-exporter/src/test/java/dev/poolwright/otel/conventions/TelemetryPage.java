package dev.poolwright.otel.conventions;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Writes docs/telemetry.md: the tables from {@link Catalogue}, and between them what to do with it. */
final class TelemetryPage {

    private final StringBuilder page = new StringBuilder();

    private TelemetryPage() {}

    static String markdown() {
        TelemetryPage written = new TelemetryPage();
        written.page.append(BEGINNING);
        written.spans();
        written.page.append(AFTER_SPANS);
        written.metrics();
        written.page.append(AFTER_METRICS);
        written.events();
        written.page.append(AFTER_EVENTS);
        written.attributes();
        return written.page.toString();
    }

    private void spans() {
        page.append(
                "| span | kind | scope | when | attributes (in brackets: where it applies) |\n|---|---|---|---|---|\n");
        for (Catalogue.Span span : Catalogue.SPANS) {
            page.append("| `").append(span.name()).append("` | ").append(span.kind());
            page.append(" | `dev.poolwright.")
                    .append(span.scope())
                    .append("` | ")
                    .append(span.when());
            page.append(" | ").append(attributes(span.always(), span.may())).append(" |\n");
        }
    }

    private void metrics() {
        page.append("| metric | instrument | unit | what | attributes | for example |\n|---|---|---|---|---|---|\n");
        for (Catalogue.Metric metric : Catalogue.METRICS) {
            page.append("| `").append(metric.name()).append("` | ").append(metric.instrument());
            page.append(" | `").append(metric.unit()).append("` | ").append(metric.meaning());
            page.append(" | ").append(attributes(metric.always(), metric.may()));
            page.append(" | `").append(prometheus(metric)).append("` |\n");
        }
        page.append("\nBounds of the histograms, in seconds:\n\n");
        for (Catalogue.Metric metric : Catalogue.METRICS) {
            if (!metric.bounds().isEmpty()) {
                String bounds = metric.bounds().stream()
                        .map(bound -> bound == Math.rint(bound)
                                ? Long.toString(bound.longValue())
                                : new BigDecimal(bound.toString()).toPlainString())
                        .collect(Collectors.joining(", "));
                page.append("- `")
                        .append(metric.name())
                        .append("`: ")
                        .append(bounds)
                        .append('\n');
            }
        }
    }

    private void events() {
        page.append("| event | when | attributes (in brackets: where it applies) |\n|---|---|---|\n");
        for (Catalogue.Event event : Catalogue.EVENTS) {
            page.append("| `").append(event.name()).append("` | ").append(event.when());
            page.append(" | ").append(attributes(event.always(), event.may())).append(" |\n");
        }
    }

    private void attributes() {
        page.append("| attribute | type | from | for example | what |\n|---|---|---|---|---|\n");
        for (Catalogue.Attribute attribute : Catalogue.ATTRIBUTES) {
            page.append("| `").append(attribute.key()).append("` | ").append(attribute.type());
            page.append(" | ").append(source(attribute.source()));
            page.append(" | `").append(attribute.example()).append("` | ");
            page.append(attribute.meaning()).append(" |\n");
        }
    }

    private static String source(Catalogue.Source source) {
        return switch (source) {
            case STABLE -> "conventions";
            case DEVELOPMENT -> "conventions, in development";
            case OURS -> "Poolwright";
        };
    }

    /** As Prometheus has it. */
    private static String prometheus(Catalogue.Metric metric) {
        String name = metric.name().replace('.', '_');
        String suffix = switch (metric.instrument()) {
            case "Counter" -> "_total";
            case "Histogram" -> "_seconds_count";
            default -> "";
        };
        String labels = metric.always().stream()
                .map(key -> key.replace('.', '_') + "=\"" + example(key) + "\"")
                .collect(Collectors.joining(","));
        return name + suffix + "{" + labels + "}";
    }

    private static String example(String key) {
        return Catalogue.ATTRIBUTES.stream()
                .filter(attribute -> attribute.key().equals(key))
                .map(Catalogue.Attribute::example)
                .findFirst()
                .orElseThrow();
    }

    private static String attributes(List<String> always, List<String> may) {
        String rest = may.stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
        return always.stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "))
                + (rest.isEmpty() ? "" : " (" + rest + ")");
    }

    private static final String BEGINNING = """
            # Telemetry

            <!-- Generated from dev.poolwright.otel.conventions.Catalogue and TelemetryPage. TelemetryPageTest says how to write it anew. -->

            What Poolwright tells, by the names of OpenTelemetry's semantic conventions 1.44.0, and by its own where those say
            nothing. Nothing carries an exception's message, a value of SQL, a password or a parameter of a URL: the status of a
            failed span is SQLState and exception class. All of this page is held against what a collector receives.

            ## Where it goes

            | there is | then |
            |---|---|
            | an OpenTelemetry agent, or Datadog's with `-Ddd.trace.otel.enabled=true`, before or after Poolwright | spans join its traces, metrics and log records go where it sends them; nothing is to be set |
            | no such agent, and an application with a global OpenTelemetry SDK of its own (API 1.4 and newer), whenever it sets that up | spans are made by the application's own tracer, with its sampler, resource and exporter, inside its current span; metrics (API 1.32 and newer) and log records (1.50) go to its SDK too, unless a line below sends them elsewhere; nothing is to be set |
            | an application with an SDK that is not global (a Spring bean, say) | what a line below sends is inside the application's current span, in its trace; without an endpoint there are no spans |
            | an endpoint in OpenTelemetry's own settings (`OTEL_EXPORTER_OTLP_ENDPOINT`, `-Dotel.exporter.otlp.endpoint=..`) | OTLP over HTTP (`http/protobuf`, usually port 4318); service name, headers, sampler and so on as for any SDK |
            | `prometheus.port=9464` | Prometheus finds the metrics at `http://localhost:9464/metrics` from the first connection on; beside an agent they are found there instead of sent by it |
            | `exporter=console` | readable lines on stderr, for a look |
            | none of these | nothing is made: one null check, no thread, no port |

            Which application of a server is meant says the thread's context class loader. To an application's own SDK
            `poolwright.session.open` is not told; `exporter=none` keeps everything away from it, and the log says what is joined.

            What cannot be delivered is dropped and never holds up a commit; the log says how much when the JVM ends, and
            `otel.sdk.processor.span.processed` with `error.type=queue_full` meanwhile.

            Spans can be limited, each kind by itself: `span.commit=5ms` leaves out commits that took less and did not fail,
            `span.batch=off` all batches. Metrics count them all the same. [All settings](settings.md).

            ## Why is my request slow?

            Look at its trace.

            - **`poolwright.connection.wait`** in it: it got its connection late. If that is the longest part, look at *who waits*
              below. No such span: it had its connection within 100 ms (`span.wait`).
            - **`Session.flush`** that takes long: `poolwright.flush.entity_count` says how much was written, `poolwright.flush.mode`
              why. `auto` again and again: a query in a loop has each change written before it is asked. Many entities and no
              `BATCH` inside: the ORM sends them one by one (`hibernate.jdbc.batch_size`).
            - **`COMMIT orders`** that takes long: the database waits for its disk or a replica; nothing in the application does that.
            - **`ROLLBACK orders`**, or `error.type` on a commit: the work was in vain. `40001` and `40P01` are conflicts.
            - None of these: the time is between the spans, in the application, or in its queries, which Poolwright leaves to the
              instrumentation that a tracing agent brings.

            ## Who leaks?

            1. `poolwright.connection.leaks` above 0: something is never closed. `poolwright.leak.action=reclaimed` was taken back and
               harms no more than that it came late; `reported` and `held_at_exit` were not.
            2. The log record of that time, `poolwright.connection.leak`, names the line in `code.function.name` and
               `code.line.number`. It is in the trace of the request that acquired the connection: the request that forgets.
               Without a store for log records: stderr has the same line ([PW-201](errors/PW-201.md)).
            3. Not forgotten but held: `leak.reportAfter=30s` names whoever holds one for longer, and where that thread is
               ([PW-207](errors/PW-207.md)).

            ## Is my pool too small?

            | seen | means | do |
            |---|---|---|
            | `pending_requests` above 0 for long, `count{state=used}` = `max` | the cap is reached | raise `pool.overflow` if the database has room, else look why connections are held: `use_time` |
            | the same, and `use_time` has a long tail | somebody keeps connections while doing something else | `leak.reportAfter` |
            | `wait_time` high, `pending_requests` 0, `create_time` as high | requests wait for connects | raise `pool.size`: what is kept need not be opened |
            | `overflow` nearly always above 0 | more are used than are kept | raise `pool.size` to what *Connections wanted at once* shows |
            | `create_time` counts nearly as often as `wait_time` | the pool saves nothing | `poolwright.session.reset.duration` with `outcome=closed`: what SQL does to the session cannot be undone; [session state](session-state.md) |
            | none of these, and `count{state=idle}` stays high | it is large enough, or too large | nothing, or lower `pool.size` |

            [The dashboards](../demo/README.md#the-dashboards) show these, and their alert rules tell when.

            ## Spans

            `…` is a space and the database's name (`COMMIT orders`), or the server's where the URL names none.

            """;

    private static final String AFTER_SPANS = """

            A commit span as OTLP has it:

                name: COMMIT orders        kind: CLIENT        scope: dev.poolwright.jdbc
                db.system.name: postgresql
                db.namespace: orders
                db.operation.name: COMMIT
                server.address: db
                error.type: 23505                       (if it failed,
                db.response.status_code: 23505           with
                status: ERROR "23505 org.postgresql.util.PSQLException")

            Beside an OpenTelemetry agent that makes spans of transactions itself
            (`otel.instrumentation.jdbc.experimental.transaction.enabled`) commits and rollbacks are left to it, and so is their
            metric: there is one COMMIT.

            ## Metrics

            Of connections that another pool keeps: `create_time`, `wait_time`, `use_time`, `operation.duration`, leaks and sessions. Two pools are
            never told under one name.

            """;

    private static final String AFTER_METRICS = """

            ## Log records

            Of severity WARN, with the event name in `event_name`, and one readable line as body:

                connection of db:5432/orders@app was never closed: acquired at com.acme.Db.open(Db.java:12) < com.acme.OrderDao.save(OrderDao.java:41) by thread worker-3

            """;

    private static final String AFTER_EVENTS = """

            ## Attributes

            """;
}
