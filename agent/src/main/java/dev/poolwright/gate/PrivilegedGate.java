package dev.poolwright.gate;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PoolwrightHook;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The gate as seen by applications that run under a security manager: what it does, it does with its own permissions and
 * not with those of whoever asks for a connection. The driver's connect is not in here, it runs with the application's.
 *
 * <p>The caller's subject stays known inside. Without a security manager every call is handed on as it is.
 */
@SuppressWarnings({"removal", "deprecation"}) // Security managers exist up to Java 23.
final class PrivilegedGate extends PoolwrightHook {

    private final Gate gate;

    PrivilegedGate(Gate gate) {
        this.gate = gate;
    }

    private static boolean isOpen() {
        return System.getSecurityManager() == null;
    }

    private static <T extends @Nullable Object> T run(PrivilegedAction<T> action) {
        return AccessController.doPrivilegedWithCombiner(action);
    }

    @Override
    protected @Nullable Object driverManagerEntered(
            final @Nullable String url, final @Nullable Properties info, final @Nullable Class<?> caller) {
        if (isOpen()) {
            return gate.driverManagerEntered(url, info, caller);
        }
        return run(new PrivilegedAction<@Nullable Object>() {
            @Override
            public @Nullable Object run() {
                return gate.driverManagerEntered(url, info, caller);
            }
        });
    }

    @Override
    protected @Nullable Object connecting(Driver driver, String url, Properties info) {
        return gate.connecting(driver, url, info);
    }

    @Override
    protected Connection connected(final @Nullable Object token, final Connection raw) {
        if (isOpen()) {
            return gate.connected(token, raw);
        }
        return run(new PrivilegedAction<Connection>() {
            @Override
            public Connection run() {
                return gate.connected(token, raw);
            }
        });
    }

    @Override
    protected boolean makesRoom(final @Nullable String url, final Throwable failure) {
        if (isOpen()) {
            return gate.makesRoom(url, failure);
        }
        return run(new PrivilegedAction<Boolean>() {
            @Override
            public Boolean run() {
                return gate.makesRoom(url, failure);
            }
        });
    }

    @Override
    protected void driverManagerLeft() {
        gate.driverManagerLeft();
    }

    @Override
    protected void driverGone(final Driver driver) {
        if (isOpen()) {
            gate.driverGone(driver);
            return;
        }
        run(new PrivilegedAction<@Nullable Object>() {
            @Override
            public @Nullable Object run() {
                gate.driverGone(driver);
                return null;
            }
        });
    }

    @Override
    protected @Nullable Object driverEntered(
            final Driver self, final String declaring, final @Nullable String url, final @Nullable Properties info) {
        if (isOpen()) {
            return gate.driverEntered(self, declaring, url, info);
        }
        return run(new PrivilegedAction<@Nullable Object>() {
            @Override
            public @Nullable Object run() {
                return gate.driverEntered(self, declaring, url, info);
            }
        });
    }

    @Override
    protected Connection driverConnected(final Driver self, final Connection raw) {
        if (isOpen()) {
            return gate.driverConnected(self, raw);
        }
        return run(new PrivilegedAction<Connection>() {
            @Override
            public Connection run() {
                return gate.driverConnected(self, raw);
            }
        });
    }

    @Override
    protected void driverLeft(Driver self) {
        gate.driverLeft(self);
    }

    @Override
    protected @Nullable Object dataSourceEntered(
            final DataSource self,
            final String declaring,
            final @Nullable String user,
            final @Nullable String password,
            final boolean withCredentials) {
        if (isOpen()) {
            return gate.dataSourceEntered(self, declaring, user, password, withCredentials);
        }
        return run(new PrivilegedAction<@Nullable Object>() {
            @Override
            public @Nullable Object run() {
                return gate.dataSourceEntered(self, declaring, user, password, withCredentials);
            }
        });
    }

    @Override
    protected Connection dataSourceConnected(final DataSource self, final Connection raw) {
        if (isOpen()) {
            return gate.dataSourceConnected(self, raw);
        }
        return run(new PrivilegedAction<Connection>() {
            @Override
            public Connection run() {
                return gate.dataSourceConnected(self, raw);
            }
        });
    }

    @Override
    protected void dataSourceLeft(DataSource self) {
        gate.dataSourceLeft(self);
    }

    @Override
    protected void rawEntered() {
        gate.rawEntered();
    }

    @Override
    protected void rawLeft() {
        gate.rawLeft();
    }

    @Override
    protected @Nullable Object sessionPointEntered(
            final int point, final @Nullable Object self, final @Nullable Object argument) {
        if (isOpen()) {
            return gate.sessionPointEntered(point, self, argument);
        }
        return run(new PrivilegedAction<@Nullable Object>() {
            @Override
            public @Nullable Object run() {
                return gate.sessionPointEntered(point, self, argument);
            }
        });
    }

    @Override
    protected void sessionPointLeft(
            final int point, final Object self, final @Nullable Object token, final @Nullable Throwable thrown) {
        if (isOpen()) {
            gate.sessionPointLeft(point, self, token, thrown);
            return;
        }
        run(new PrivilegedAction<@Nullable Object>() {
            @Override
            public @Nullable Object run() {
                gate.sessionPointLeft(point, self, token, thrown);
                return null;
            }
        });
    }

    @Override
    protected void handOutCloses(Object self) {
        gate.handOutCloses(self);
    }

    @Override
    protected @Nullable Object observedCallEntered(int call, Object self, boolean on) {
        return gate.observedCallEntered(call, self, on);
    }

    @Override
    protected void observedCallLeft(
            final Object self, final Object token, final @Nullable Object result, final @Nullable Throwable thrown) {
        if (isOpen()) {
            gate.observedCallLeft(self, token, result, thrown);
            return;
        }
        run(new PrivilegedAction<@Nullable Object>() {
            @Override
            public @Nullable Object run() {
                gate.observedCallLeft(self, token, result, thrown);
                return null;
            }
        });
    }

    @Override
    protected void observedStatementMade(final Object statement) {
        if (isOpen()) {
            gate.observedStatementMade(statement);
            return;
        }
        run(new PrivilegedAction<@Nullable Object>() {
            @Override
            public @Nullable Object run() {
                gate.observedStatementMade(statement);
                return null;
            }
        });
    }

    @Override
    protected void observedStatementRuns(Object self) {
        gate.observedStatementRuns(self);
    }

    @Override
    protected void suppressed(final String where, final Throwable accident) {
        run(new PrivilegedAction<@Nullable Object>() {
            @Override
            public @Nullable Object run() {
                gate.suppressed(where, accident);
                return null;
            }
        });
    }
}
