package dev.poolwright.agent;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.PoolwrightHook;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What stands behind the hook: for now everything passes through untouched. */
final class Gate extends PoolwrightHook {

    private final AgentLog log;
    private final AtomicLong accidents = new AtomicLong();

    private Gate(AgentLog log) {
        this.log = log;
    }

    /**
     * Puts a gate behind the hook. Runs inside a transformer: must not load DriverManager or a driver's class.
     *
     * @param arguments the agent's, possibly empty
     */
    static void open(String arguments, AgentLog log) {
        install(new Gate(log));
        log.info("hooked");
    }

    @Override
    protected @Nullable Object driverManagerEntered(String url, Properties info, Class<?> caller) {
        return null;
    }

    @Override
    protected @Nullable Object connecting(Driver driver, String url, Properties info) {
        return null;
    }

    @Override
    protected Connection connected(@Nullable Object token, Connection raw) {
        return raw;
    }

    @Override
    protected boolean retryConnect(@Nullable Object token, Throwable failure) {
        return false;
    }

    @Override
    protected void driverManagerLeft() {}

    @Override
    protected void driverGone(Driver driver) {}

    @Override
    protected @Nullable Object dataSourceEntered(
            DataSource self, @Nullable String user, @Nullable String password, boolean withCredentials) {
        return null;
    }

    @Override
    protected Connection dataSourceConnected(DataSource self, Connection raw) {
        return raw;
    }

    @Override
    protected void dataSourceLeft(DataSource self) {}

    @Override
    protected void rawEntered() {}

    @Override
    protected void rawLeft() {}

    @Override
    protected @Nullable Object sessionPointEntered(int point, Object self, @Nullable Object argument) {
        return null;
    }

    @Override
    protected void sessionPointLeft(int point, Object self, @Nullable Object token, @Nullable Throwable thrown) {}

    @Override
    protected void suppressed(String where, Throwable accident) {
        if (accidents.incrementAndGet() == 1) {
            log.warn("accident in " + where + ", the application goes on with the plain driver", accident);
        }
    }
}
