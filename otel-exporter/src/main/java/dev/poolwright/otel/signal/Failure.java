package dev.poolwright.otel.signal;

import io.opentelemetry.api.common.AttributeKey;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What telemetry says of an exception: codes and class names, never its message, which can contain the application's
 * data.
 *
 * <p>Immutable.
 */
final class Failure {

    /** Causes looked through for a SQLState; also the end of a chain that has become a ring. */
    private static final int MAX_CAUSES = 16;

    private final String errorType;
    private final @Nullable String statusCode;
    private final String description;

    private Failure(String errorType, @Nullable String statusCode, String description) {
        this.errorType = errorType;
        this.statusCode = statusCode;
        this.description = description;
    }

    /** A database call of {@code system} (OpenTelemetry's {@code db.system.name}) that threw {@code thrown}. */
    static Failure ofCall(String system, Throwable thrown) {
        String type = thrown.getClass().getName();
        if (!(thrown instanceof SQLException)) {
            return new Failure(type, null, type);
        }
        SQLException failure = (SQLException) thrown;
        String code = statusCode(system, failure.getSQLState(), failure.getErrorCode());
        return new Failure(code == null ? type : code, code, described(failure.getSQLState(), type));
    }

    /** A flush that threw {@code thrown}, which may have a database's exception among its causes. */
    static Failure ofFlush(Throwable thrown) {
        String type = thrown.getClass().getName();
        return new Failure(type, null, described(sqlStateOf(thrown), type));
    }

    /** A wait for a connection that gave up, which the application is told as that code of ours. */
    static Failure ofWait() {
        return new Failure("PW-101", null, "08001 java.sql.SQLTransientConnectionException");
    }

    /** {@code error.type}: the database's code if it gave one, else the exception's class. */
    String errorType() {
        return errorType;
    }

    /** {@code db.response.status_code}, or null if the database gave none. */
    @Nullable
    String statusCode() {
        return statusCode;
    }

    /** The span's status: SQLState, if there is one, and exception class. */
    String description() {
        return description;
    }

    /** Tells {@code attribute} the failure's attributes by name. */
    void forEach(BiConsumer<AttributeKey<String>, String> attribute) {
        attribute.accept(Names.ERROR_TYPE, errorType);
        if (statusCode != null) {
            attribute.accept(Names.DB_STATUS_CODE, statusCode);
        }
    }

    private static String described(@Nullable String sqlState, String type) {
        return sqlState == null || sqlState.isEmpty() ? type : sqlState + " " + type;
    }

    private static @Nullable String sqlStateOf(Throwable thrown) {
        Throwable at = thrown;
        for (int seen = 0; at != null && seen < MAX_CAUSES; seen++) {
            if (at instanceof SQLException && ((SQLException) at).getSQLState() != null) {
                return ((SQLException) at).getSQLState();
            }
            at = at.getCause();
        }
        return null;
    }

    /** Which of the two codes is the database's own differs; the conventions say so for each. */
    private static @Nullable String statusCode(String system, @Nullable String sqlState, int vendorCode) {
        String state = sqlState == null || sqlState.isEmpty() ? null : sqlState;
        String vendor = vendorCode == 0 ? null : Integer.toString(vendorCode);
        switch (system) {
            case "postgresql":
            case "cockroachdb":
            case "aws.redshift":
                return state;
            case "mysql":
            case "oracle.db":
            case "ibm.db2":
            case "sqlite":
            case "microsoft.sql_server":
                return vendor;
            case "mariadb":
                return state == null ? vendor : state;
            default:
                return state == null || vendor == null ? (state == null ? vendor : state) : state + "/" + vendor;
        }
    }
}
