package dev.poolwright.otel.signal;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.TransactionEnd;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.BatchCallback;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one engine that its spans and metrics repeat, made once: span names and attribute sets.
 *
 * <p>Immutable but for the callback, which only its listener touches.
 */
final class EngineTelemetry {

    private static final Attributes BY_SET_AUTOCOMMIT = Attributes.of(Names.COMMIT_TRIGGER, "set_autocommit");

    private final EngineInfo engine;
    private final Attributes database;
    private final Attributes pool;
    private final Attributes idle;
    private final Attributes used;
    private final Attributes waiting;
    private final Map<TransactionEnd, Operation> ends = new EnumMap<>(TransactionEnd.class);
    private final Operation batch;
    private volatile @Nullable BatchCallback callback;

    EngineTelemetry(EngineInfo engine) {
        this.engine = engine;
        this.database = database(engine);
        this.pool = Attributes.of(Names.POOL_NAME, engine.name());
        this.waiting = database.toBuilder().putAll(pool).build();
        this.idle = Attributes.of(Names.POOL_NAME, engine.name(), Names.CONNECTION_STATE, "idle");
        this.used = Attributes.of(Names.POOL_NAME, engine.name(), Names.CONNECTION_STATE, "used");
        Operation commit = operation("COMMIT", Attributes.empty());
        ends.put(TransactionEnd.COMMIT, commit);
        ends.put(TransactionEnd.IMPLICIT_COMMIT, operation("COMMIT", BY_SET_AUTOCOMMIT));
        ends.put(TransactionEnd.ROLLBACK, operation("ROLLBACK", Attributes.empty()));
        ends.put(TransactionEnd.ROLLBACK_TO_SAVEPOINT, operation("ROLLBACK TO SAVEPOINT", Attributes.empty()));
        this.batch = operation("BATCH", Attributes.empty());
    }

    /** OpenTelemetry's {@code db.system.name}. */
    String system() {
        return engine.system();
    }

    /** What identifies the database. */
    Attributes database() {
        return database;
    }

    /** The pool's name. */
    Attributes pool() {
        return pool;
    }

    /** The pool's name and the state {@code idle}. */
    Attributes idle() {
        return idle;
    }

    /** The pool's name and the state {@code used}. */
    Attributes used() {
        return used;
    }

    /** Of a span of getting a connection: the database and the pool's name. */
    Attributes waiting() {
        return waiting;
    }

    /** What a transaction's end is called here. */
    Operation end(TransactionEnd how) {
        Operation end = ends.get(how);
        if (end == null) {
            throw new IllegalStateException("no name for the transaction end " + how);
        }
        return end;
    }

    /** What an executed batch is called here. */
    Operation batch() {
        return batch;
    }

    void observedBy(BatchCallback counts) {
        this.callback = counts;
    }

    /** Takes the engine's counts out of what is collected from now on. */
    void stopObserving() {
        BatchCallback counts = callback;
        if (counts != null) {
            counts.close();
        }
    }

    private Operation operation(String name, Attributes trigger) {
        AttributesBuilder metric = Attributes.builder();
        metric.putAll(database).put(Names.DB_OPERATION, name);
        Attributes metricAttributes = metric.build();
        return new Operation(
                name + target(engine),
                metricAttributes.toBuilder().putAll(trigger).build(),
                metricAttributes);
    }

    private static String target(EngineInfo engine) {
        if (engine.namespace() != null) {
            return " " + engine.namespace();
        }
        if (engine.host() != null) {
            return " " + engine.host() + (engine.port() < 0 ? "" : ":" + engine.port());
        }
        return "";
    }

    private static Attributes database(EngineInfo engine) {
        AttributesBuilder known = Attributes.builder();
        known.put(Names.DB_SYSTEM, engine.system());
        put(known, Names.DB_NAMESPACE, engine.namespace());
        put(known, Names.SERVER_ADDRESS, engine.host());
        if (engine.host() != null && engine.port() >= 0 && engine.port() != defaultPort(engine.system())) {
            known.put(Names.SERVER_PORT, (long) engine.port());
        }
        return known.build();
    }

    private static void put(AttributesBuilder known, AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            known.put(key, value);
        }
    }

    private static int defaultPort(String system) {
        switch (system) {
            case "postgresql":
                return 5432;
            case "mysql":
            case "mariadb":
                return 3306;
            case "microsoft.sql_server":
                return 1433;
            case "oracle.db":
                return 1521;
            case "h2database":
                return 9092;
            case "hsqldb":
                return 9001;
            case "derby":
                return 1527;
            case "ibm.db2":
                return 50000;
            case "cockroachdb":
                return 26257;
            case "clickhouse":
                return 8123;
            case "aws.redshift":
                return 5439;
            default:
                return -1;
        }
    }

    /** One kind of call on one engine. */
    static final class Operation {
        private final String spanName;
        private final Attributes spanAttributes;
        private final Attributes metricAttributes;

        Operation(String spanName, Attributes spanAttributes, Attributes metricAttributes) {
            this.spanName = spanName;
            this.spanAttributes = spanAttributes;
            this.metricAttributes = metricAttributes;
        }

        String spanName() {
            return spanName;
        }

        Attributes spanAttributes() {
            return spanAttributes;
        }

        Attributes metricAttributes() {
            return metricAttributes;
        }
    }
}
