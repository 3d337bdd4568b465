package dev.poolwright.gate;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.PoolwrightHook;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The gate while the mode is {@code off}: every call goes on as without us. Calls that had begun before are brought to their
 * end, each entry to its exit, so that no place in an engine stays taken and the next mode finds every thread in order.
 *
 * <p>In place of the open gate rather than a question asked in it: a borrow pays nothing for being switched off one day.
 */
final class ClosedGate extends PoolwrightHook {

    private final Gate gate;
    private final PrivilegedGate exits;

    ClosedGate(Gate gate) {
        this.gate = gate;
        this.exits = new PrivilegedGate(gate);
    }

    @Override
    protected @Nullable Object driverManagerEntered(
            @Nullable String url, @Nullable Properties info, @Nullable Class<?> caller) {
        gate.letThrough();
        return null;
    }

    /** Of a call that began before: what it opens goes to an engine that is closed, or is not adopted. */
    @Override
    protected @Nullable Object connecting(Driver driver, String url, Properties info) {
        return exits.connecting(driver, url, info);
    }

    @Override
    protected Connection connected(@Nullable Object token, Connection raw) {
        return exits.connected(token, raw);
    }

    @Override
    protected boolean makesRoom(@Nullable String url, Throwable failure) {
        return false;
    }

    @Override
    protected void driverManagerLeft() {
        exits.driverManagerLeft();
    }

    @Override
    protected void driverGone(Driver driver) {
        exits.driverGone(driver);
    }

    @Override
    protected @Nullable Object driverEntered(
            Driver self, String declaring, @Nullable String url, @Nullable Properties info) {
        gate.letThrough();
        return null;
    }

    @Override
    protected Connection driverConnected(Driver self, Connection raw) {
        return exits.driverConnected(self, raw);
    }

    @Override
    protected void driverLeft(Driver self) {
        exits.driverLeft(self);
    }

    @Override
    protected @Nullable Object dataSourceEntered(
            DataSource self,
            String declaring,
            @Nullable String user,
            @Nullable String password,
            boolean withCredentials) {
        gate.letThrough();
        return null;
    }

    @Override
    protected Connection dataSourceConnected(DataSource self, Connection raw) {
        return exits.dataSourceConnected(self, raw);
    }

    @Override
    protected void dataSourceLeft(DataSource self) {
        exits.dataSourceLeft(self);
    }

    @Override
    protected void rawEntered() {
        exits.rawEntered(); // what is inside must stay raw, whatever the mode is by then
    }

    @Override
    protected void rawLeft() {
        exits.rawLeft();
    }

    @Override
    protected @Nullable Object sessionPointEntered(int point, @Nullable Object self, @Nullable Object argument) {
        return null;
    }

    @Override
    protected void sessionPointLeft(int point, Object self, @Nullable Object token, @Nullable Throwable thrown) {}

    @Override
    protected void handOutCloses(Object self) {}

    @Override
    protected @Nullable Object observedCallEntered(int call, Object self, boolean on) {
        return null;
    }

    @Override
    protected void observedCallLeft(Object self, Object token, @Nullable Object result, @Nullable Throwable thrown) {}

    @Override
    protected void observedStatementMade(Object statement) {}

    @Override
    protected void observedStatementRuns(Object self) {}

    @Override
    protected void suppressed(String where, Throwable accident) {
        exits.suppressed(where, accident);
    }
}
