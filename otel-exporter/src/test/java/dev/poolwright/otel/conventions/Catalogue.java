package dev.poolwright.otel.conventions;

import java.util.ArrayList;
import java.util.List;

/**
 * What leaves the process, written down from OpenTelemetry's semantic conventions 1.44.0 (database spans and metrics, code and
 * thread attributes, events) and, where those say nothing, as ours. The names here are literals on purpose: the exporter's
 * own constants are what is held against them.
 */
final class Catalogue {

    /** Where a name comes from. */
    enum Source {
        /** Stable in the conventions. */
        STABLE,
        /** In the conventions, in development. */
        DEVELOPMENT,
        /** Ours. */
        OURS
    }

    /** An attribute: what kind of value, and one for example. */
    record Attribute(String key, String type, Source source, String example, String meaning) {}

    /** A span: its name with {@code …} for the database, what it always and what it may have. */
    record Span(String name, String kind, String scope, List<String> always, List<String> may, String when) {}

    /** A metric: a sum that only grows, a sum that can fall, or a histogram with these bounds. */
    record Metric(
            String name,
            String instrument,
            String unit,
            Source source,
            List<Double> bounds,
            List<String> always,
            List<String> may,
            String meaning) {}

    /** A log record. */
    record Event(String name, List<String> always, List<String> may, String when) {}

    private static final List<String> DATABASE = List.of("db.system.name");
    private static final List<String> DATABASE_MAY = List.of("db.namespace", "server.address", "server.port");
    private static final List<String> FAILURE = List.of("error.type", "db.response.status_code");
    private static final List<String> POOL = List.of("db.client.connection.pool.name");
    private static final List<String> CODE =
            List.of("code.function.name", "code.file.path", "code.line.number", "code.stacktrace");
    private static final List<Double> CALL = List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);
    private static final List<Double> WAIT =
            List.of(0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0);
    private static final List<Double> USE = List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 60.0, 300.0);
    private static final List<Double> NONE = List.of();

    static final List<Attribute> ATTRIBUTES = List.of(
            of("db.system.name", "string", Source.STABLE, "postgresql", "which database"),
            of(
                    "db.namespace",
                    "string",
                    Source.STABLE,
                    "orders",
                    "the database, as the URL names it; no round trip is made for it"),
            of("db.operation.name", "string", Source.STABLE, "COMMIT", "what was asked of it"),
            of(
                    "db.operation.batch.size",
                    "int",
                    Source.STABLE,
                    "50",
                    "entries of a batch; left out for one, and where not known"),
            of(
                    "db.response.status_code",
                    "string",
                    Source.STABLE,
                    "23505",
                    "the database's own code: SQLState or vendor code, or both as `42000/1071`"),
            of(
                    "error.type",
                    "string",
                    Source.STABLE,
                    "23505",
                    "the database's code if there is one, else the exception's class; `PW-101` for a wait that gave up"),
            of("server.address", "string", Source.STABLE, "db", "the server, where there is one"),
            of("server.port", "int", Source.STABLE, "5433", "its port, unless it is the database's usual one"),
            of(
                    "db.client.connection.pool.name",
                    "string",
                    Source.DEVELOPMENT,
                    "db:5432/orders@app",
                    "the pool: server, database and user; unique in the JVM, a second one of that name is `…#2`"),
            of("db.client.connection.state", "string", Source.DEVELOPMENT, "used", "`idle` or `used`"),
            of(
                    "code.function.name",
                    "string",
                    Source.STABLE,
                    "com.acme.OrderDao.save",
                    "the application's method that acquired it"),
            of("code.file.path", "string", Source.STABLE, "OrderDao.java", "its file"),
            of("code.line.number", "int", Source.STABLE, "41", "its line"),
            of(
                    "code.stacktrace",
                    "string",
                    Source.STABLE,
                    "at com.acme.OrderDao.save(OrderDao.java:41)",
                    "the stack from there"),
            of("thread.name", "string", Source.DEVELOPMENT, "worker-3", "the thread that acquired it"),
            of(
                    "poolwright.commit.trigger",
                    "string",
                    Source.OURS,
                    "set_autocommit",
                    "a commit by `setAutoCommit(true)` while a transaction was live"),
            of(
                    "poolwright.flush.mode",
                    "string",
                    Source.OURS,
                    "commit",
                    "`manual`: the application called flush, `auto`: a query needed it, `commit`"),
            of(
                    "poolwright.flush.entity_count",
                    "int",
                    Source.OURS,
                    "12",
                    "inserts, updates and deletes queued when it began"),
            of("poolwright.flush.inserts", "int", Source.OURS, "9", "of these"),
            of("poolwright.flush.updates", "int", Source.OURS, "2", "of these"),
            of("poolwright.flush.deletes", "int", Source.OURS, "1", "of these"),
            of("poolwright.flush.collections", "int", Source.OURS, "4", "collections to create, change or remove"),
            of(
                    "poolwright.flush.statements",
                    "int",
                    Source.OURS,
                    "2",
                    "statements it is sent in, where the library says"),
            of("poolwright.session.library", "string", Source.OURS, "hibernate", "whose sessions"),
            of("poolwright.session.type", "string", Source.OURS, "Session", "what that library calls one"),
            of(
                    "poolwright.session.operation",
                    "string",
                    Source.OURS,
                    "commit",
                    "`open`, `commit`, `rollback` or `close`"),
            of(
                    "poolwright.reset.outcome",
                    "string",
                    Source.OURS,
                    "reset",
                    "`reset`: made new again, `closed`: it could not be, `left`: by `reset=never`"),
            of(
                    "poolwright.reset.reason",
                    "string",
                    Source.OURS,
                    "setting",
                    "what the SQL was that made it necessary, in one of few words"),
            of("poolwright.leak.type", "string", Source.OURS, "connection", "`connection`, `statement` or `session`"),
            of(
                    "poolwright.leak.action",
                    "string",
                    Source.OURS,
                    "reclaimed",
                    "`reclaimed`: unreachable, rolled back and taken back; `taken_away`: not used for `leak.reclaimAfter`; `reported`; `held`: for longer than `leak.reportAfter`; `held_at_exit`"),
            of("poolwright.leak.held_ms", "int", Source.OURS, "2100", "how long it was held, in milliseconds"),
            of(
                    "poolwright.leak.last_statement",
                    "string",
                    Source.OURS,
                    "select stock from article where id = ?",
                    "its last SQL, every literal replaced"),
            of("poolwright.uncommitted.count", "int", Source.OURS, "10", "how often that line did it by then"),
            of(
                    "poolwright.uncommitted.outcome",
                    "string",
                    Source.OURS,
                    "rolled_back",
                    "`rolled_back` or `committed`: what that driver's close does"));

    static final List<Span> SPANS = List.of(
            new Span(
                    "COMMIT …",
                    "CLIENT",
                    "jdbc",
                    operation(),
                    plus(DATABASE_MAY, FAILURE, List.of("poolwright.commit.trigger")),
                    "`commit()`, or `setAutoCommit(true)` while a transaction was live; not of a transaction in which nothing was sent"),
            new Span("ROLLBACK …", "CLIENT", "jdbc", operation(), plus(DATABASE_MAY, FAILURE), "`rollback()`"),
            new Span(
                    "ROLLBACK TO SAVEPOINT …",
                    "CLIENT",
                    "jdbc",
                    operation(),
                    plus(DATABASE_MAY, FAILURE),
                    "`rollback(Savepoint)`"),
            new Span(
                    "BATCH …",
                    "CLIENT",
                    "jdbc",
                    operation(),
                    plus(DATABASE_MAY, FAILURE, List.of("db.operation.batch.size")),
                    "`executeBatch()` or `executeLargeBatch()`"),
            new Span(
                    "Session.flush",
                    "INTERNAL",
                    "hibernate",
                    flush(),
                    List.of("error.type"),
                    "a flush with something to do, of Hibernate, JPA (`EntityManager.flush`) and others by their own word; its batches are inside"),
            new Span(
                    "SqlSession.flushStatements",
                    "INTERNAL",
                    "mybatis",
                    flush(),
                    List.of("error.type", "poolwright.flush.statements"),
                    "the same of MyBatis, where its executor is a batch"),
            new Span(
                    "poolwright.connection.wait",
                    "INTERNAL",
                    "jdbc",
                    plus(DATABASE, POOL),
                    plus(DATABASE_MAY, List.of("error.type")),
                    "getting a connection took longer than `span.wait`, be it waiting or opening, or was given up"));

    static final List<Metric> METRICS = List.of(
            sum(
                    "db.client.connection.count",
                    "{connection}",
                    plus(POOL, List.of("db.client.connection.state")),
                    "connections open now"),
            sum(
                    "db.client.connection.idle.max",
                    "{connection}",
                    POOL,
                    "`pool.size`: what it keeps when nobody uses them"),
            sum(
                    "db.client.connection.idle.min",
                    "{connection}",
                    POOL,
                    "what it never goes below: 0, whatever is idle expires"),
            sum(
                    "db.client.connection.max",
                    "{connection}",
                    POOL,
                    "`pool.size` and `pool.overflow`; absent where there is no limit"),
            sum("db.client.connection.pending_requests", "{request}", POOL, "threads waiting for a connection now"),
            new Metric(
                    "db.client.connection.timeouts",
                    "Counter",
                    "{timeout}",
                    Source.DEVELOPMENT,
                    NONE,
                    POOL,
                    List.of(),
                    "calls that gave up waiting"),
            histogram(
                    "db.client.connection.create_time",
                    Source.DEVELOPMENT,
                    CALL,
                    POOL,
                    List.of(),
                    "how long the driver took to open one"),
            histogram(
                    "db.client.connection.wait_time",
                    Source.DEVELOPMENT,
                    WAIT,
                    POOL,
                    List.of(),
                    "from asking for a connection to having it"),
            histogram(
                    "db.client.connection.use_time",
                    Source.DEVELOPMENT,
                    USE,
                    POOL,
                    List.of(),
                    "from having it to giving it back"),
            histogram(
                    "db.client.operation.duration",
                    Source.STABLE,
                    CALL,
                    operation(),
                    plus(DATABASE_MAY, FAILURE),
                    "commits and rollbacks"),
            new Metric(
                    "poolwright.connection.leaks",
                    "Counter",
                    "{leak}",
                    Source.OURS,
                    NONE,
                    List.of("poolwright.leak.type", "poolwright.leak.action"),
                    POOL,
                    "connections and sessions never closed, and lines reported for open statements"),
            new Metric(
                    "poolwright.connection.overflow",
                    "UpDownCounter",
                    "{connection}",
                    Source.OURS,
                    NONE,
                    POOL,
                    List.of(),
                    "connections open beyond `pool.size` now"),
            new Metric(
                    "poolwright.session.open",
                    "UpDownCounter",
                    "{session}",
                    Source.OURS,
                    NONE,
                    List.of("poolwright.session.library", "poolwright.session.type"),
                    List.of(),
                    "sessions open now"),
            histogram(
                    "poolwright.session.operation.duration",
                    Source.OURS,
                    CALL,
                    List.of("poolwright.session.library", "poolwright.session.type", "poolwright.session.operation"),
                    List.of("error.type"),
                    "a session's opening, commits, rollbacks and closing"),
            histogram(
                    "poolwright.session.reset.duration",
                    Source.OURS,
                    WAIT,
                    plus(POOL, List.of("poolwright.reset.outcome", "poolwright.reset.reason")),
                    List.of(),
                    "resets of connections whose session SQL text had changed"),
            new Metric(
                    "poolwright.transaction.uncommitted",
                    "Counter",
                    "{close}",
                    Source.OURS,
                    NONE,
                    plus(POOL, List.of("poolwright.uncommitted.outcome")),
                    List.of(),
                    "closes with uncommitted changes"));

    static final List<Event> EVENTS = List.of(
            new Event(
                    "poolwright.connection.leak",
                    leak(),
                    plus(DATABASE, DATABASE_MAY, POOL, CODE, List.of("poolwright.leak.last_statement")),
                    "a connection was never closed, or is held for longer than `leak.reportAfter`; in the trace of the request that acquired it"),
            new Event(
                    "poolwright.session.leak",
                    leak(),
                    plus(DATABASE, DATABASE_MAY, POOL, CODE),
                    "the same of a session"),
            new Event(
                    "poolwright.statement.leak",
                    leak(),
                    plus(DATABASE, DATABASE_MAY, POOL, CODE, List.of("poolwright.leak.last_statement")),
                    "a line that left many statements of one connection open"),
            new Event(
                    "poolwright.transaction.uncommitted",
                    plus(
                            DATABASE,
                            POOL,
                            List.of("poolwright.uncommitted.count", "poolwright.uncommitted.outcome", "thread.name")),
                    plus(DATABASE_MAY, CODE),
                    "a line that closes with uncommitted changes, the 1st, 10th, 100th .. time; in the trace in which it happened"));

    private Catalogue() {}

    private static Attribute of(String key, String type, Source source, String example, String meaning) {
        return new Attribute(key, type, source, example, meaning);
    }

    private static Metric sum(String name, String unit, List<String> always, String meaning) {
        return new Metric(name, "UpDownCounter", unit, Source.DEVELOPMENT, NONE, always, List.of(), meaning);
    }

    private static Metric histogram(
            String name, Source source, List<Double> bounds, List<String> always, List<String> may, String meaning) {
        return new Metric(name, "Histogram", "s", source, bounds, always, may, meaning);
    }

    private static List<String> operation() {
        return plus(DATABASE, List.of("db.operation.name"));
    }

    private static List<String> flush() {
        return List.of(
                "poolwright.flush.mode",
                "poolwright.flush.entity_count",
                "poolwright.flush.inserts",
                "poolwright.flush.updates",
                "poolwright.flush.deletes",
                "poolwright.flush.collections");
    }

    private static List<String> leak() {
        return List.of("poolwright.leak.action", "poolwright.leak.held_ms", "thread.name");
    }

    @SafeVarargs
    private static List<String> plus(List<String>... lists) {
        List<String> all = new ArrayList<>();
        for (List<String> list : lists) {
            all.addAll(list);
        }
        return List.copyOf(all);
    }
}
