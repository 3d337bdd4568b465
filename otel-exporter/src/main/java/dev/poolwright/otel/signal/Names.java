package dev.poolwright.otel.signal;

import io.opentelemetry.api.common.AttributeKey;

/**
 * The names that leave the process, in one place: semantic conventions 1.44.0, and ours ({@code poolwright.*}) where
 * those say nothing. Dashboards depend on them.
 */
final class Names {

    static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.44.0";
    static final String SCOPE = "dev.poolwright.jdbc";
    static final String SCOPE_PREFIX = "dev.poolwright.";

    static final String WAIT = "poolwright.connection.wait";

    static final AttributeKey<String> DB_SYSTEM = AttributeKey.stringKey("db.system.name");
    static final AttributeKey<String> DB_NAMESPACE = AttributeKey.stringKey("db.namespace");
    static final AttributeKey<String> DB_OPERATION = AttributeKey.stringKey("db.operation.name");
    static final AttributeKey<Long> DB_BATCH_SIZE = AttributeKey.longKey("db.operation.batch.size");
    static final AttributeKey<String> DB_STATUS_CODE = AttributeKey.stringKey("db.response.status_code");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");

    static final AttributeKey<String> POOL_NAME = AttributeKey.stringKey("db.client.connection.pool.name");
    static final AttributeKey<String> CONNECTION_STATE = AttributeKey.stringKey("db.client.connection.state");

    static final AttributeKey<String> COMMIT_TRIGGER = AttributeKey.stringKey("poolwright.commit.trigger");
    static final AttributeKey<String> FLUSH_MODE = AttributeKey.stringKey("poolwright.flush.mode");
    static final AttributeKey<Long> FLUSH_ENTITIES = AttributeKey.longKey("poolwright.flush.entity_count");
    static final AttributeKey<Long> FLUSH_INSERTS = AttributeKey.longKey("poolwright.flush.inserts");
    static final AttributeKey<Long> FLUSH_UPDATES = AttributeKey.longKey("poolwright.flush.updates");
    static final AttributeKey<Long> FLUSH_DELETES = AttributeKey.longKey("poolwright.flush.deletes");
    static final AttributeKey<Long> FLUSH_COLLECTIONS = AttributeKey.longKey("poolwright.flush.collections");
    static final AttributeKey<Long> FLUSH_STATEMENTS = AttributeKey.longKey("poolwright.flush.statements");
    static final AttributeKey<String> SESSION_STEP = AttributeKey.stringKey("poolwright.session.operation");
    static final AttributeKey<String> SESSION_LIBRARY = AttributeKey.stringKey("poolwright.session.library");
    static final AttributeKey<String> SESSION_TYPE = AttributeKey.stringKey("poolwright.session.type");
    static final AttributeKey<String> RESET_OUTCOME = AttributeKey.stringKey("poolwright.reset.outcome");
    static final AttributeKey<String> RESET_REASON = AttributeKey.stringKey("poolwright.reset.reason");
    static final AttributeKey<String> LEAK_TYPE = AttributeKey.stringKey("poolwright.leak.type");
    static final AttributeKey<String> LEAK_ACTION = AttributeKey.stringKey("poolwright.leak.action");
    static final AttributeKey<Long> LEAK_HELD_MS = AttributeKey.longKey("poolwright.leak.held_ms");

    static final AttributeKey<String> LEAK_LAST_STATEMENT = AttributeKey.stringKey("poolwright.leak.last_statement");
    static final AttributeKey<Long> UNCOMMITTED_COUNT = AttributeKey.longKey("poolwright.uncommitted.count");
    static final AttributeKey<String> UNCOMMITTED_OUTCOME = AttributeKey.stringKey("poolwright.uncommitted.outcome");

    static final AttributeKey<String> CODE_FUNCTION = AttributeKey.stringKey("code.function.name");
    static final AttributeKey<String> CODE_FILE = AttributeKey.stringKey("code.file.path");
    static final AttributeKey<Long> CODE_LINE = AttributeKey.longKey("code.line.number");
    static final AttributeKey<String> CODE_STACKTRACE = AttributeKey.stringKey("code.stacktrace");
    static final AttributeKey<String> THREAD_NAME = AttributeKey.stringKey("thread.name");

    private Names() {}
}
