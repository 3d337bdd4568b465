package dev.poolwright.dialect;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** PostgreSQL with pgjdbc. */
final class PostgresDialect extends Dialect {

    private static final String PREFIX = "jdbc:postgresql:";

    @Override
    public String system() {
        return "postgresql";
    }

    @Override
    public boolean accepts(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public Pooling pooling(String url) {
        return Pooling.QUEUE;
    }

    @Override
    public DatabaseAddress address(String url) {
        String bare = withoutParameters(url);
        String rest = bare.substring(PREFIX.length());
        if (!rest.startsWith("//")) {
            return new DatabaseAddress(bare, "localhost", 5432, rest.isEmpty() ? null : rest);
        }
        int slash = rest.indexOf('/', 2);
        String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
        String database = slash < 0 || slash + 1 == rest.length() ? null : rest.substring(slash + 1);
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']') && authority.indexOf(',') < 0;
        String host = hasPort ? authority.substring(0, colon) : authority;
        return new DatabaseAddress(
                bare,
                host.isEmpty() ? "localhost" : host,
                hasPort ? port(authority.substring(colon + 1)) : 5432,
                database);
    }

    /** Class 08, an administrator's or the server's own end of the backend. */
    @Override
    public boolean isDisconnect(SQLException failure) {
        String state = failure.getSQLState();
        return super.isDisconnect(failure) || "57P01".equals(state) || "57P02".equals(state) || "57P03".equals(state);
    }

    @Override
    public boolean isTooManyConnections(SQLException failure) {
        return "53300".equals(failure.getSQLState());
    }

    @Override
    public boolean isTransactionOpen(Connection raw) {
        return TransactionState.BY_DRIVER_CLASS.get(raw.getClass()).isOpen(raw);
    }

    @Override
    public boolean isSavepointOnlyAName() {
        return true;
    }

    @Override
    public boolean isVendorValue(Class<?> type) {
        return super.isVendorValue(type) || type.getName().equals("org.postgresql.PGNotification");
    }

    @Override
    public SQLException closed(@Nullable String why) {
        return new SQLNonTransientConnectionException(text("This connection has been closed.", why), "08003");
    }

    private static int port(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException noPort) {
            return 5432;
        }
    }

    /** The way to one driver class's transaction state; {@link #UNKNOWN} where it has none. */
    private static final class TransactionState {

        /** Reads {@code BaseConnection.getTransactionState()}, which pgjdbc knows from the server's last message. */
        static final ClassValue<TransactionState> BY_DRIVER_CLASS = new ClassValue<TransactionState>() {
            @Override
            protected TransactionState computeValue(Class<?> driverClass) {
                return TransactionState.of(driverClass);
            }
        };

        private static final TransactionState UNKNOWN = new TransactionState(null);

        private final @Nullable MethodHandle getter;

        private TransactionState(@Nullable MethodHandle getter) {
            this.getter = getter;
        }

        static TransactionState of(Class<?> driverClass) {
            try {
                Class<?> api = Class.forName("org.postgresql.core.BaseConnection", false, driverClass.getClassLoader());
                return new TransactionState(
                        MethodHandles.publicLookup().unreflect(api.getMethod("getTransactionState")));
            } catch (ReflectiveOperationException | LinkageError otherVersion) {
                return UNKNOWN;
            }
        }

        boolean isOpen(Connection raw) {
            MethodHandle state = getter;
            if (state == null) {
                return false;
            }
            try {
                return !"IDLE".equals(String.valueOf((Object) state.invoke(raw)));
            } catch (Throwable unreadable) {
                // Not knowing is not "idle": the caller then ends what may be open.
                return true;
            }
        }
    }
}
