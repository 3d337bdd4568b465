package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.config.Reset;
import dev.poolwright.dialect.Dialects;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.jdbc.generate.HandleClasses;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.NullPool;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import java.io.Reader;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;

/** What the driver made and the application holds without its handle; unreachable handles are what is reclaimed. */
class HandedOutTest {

    private static final String URL = "jdbc:h2:mem:handed-out;DB_CLOSE_DELAY=-1";

    private final NullPool<PhysicalConnection> pool = new NullPool<>(new Physicals(), LeakListener.silent());
    private final Lending lending = new Lending(
            new EngineInfo("handed-out", URL, null, "h2database", null, null, -1),
            Dialects.forUrl(URL),
            pool,
            Reset.SMART);

    private PhysicalConnection lent;
    private WeakReference<Connection> handle = new WeakReference<>(null);

    @Test
    void a_driver_s_own_connection_in_use_keeps_its_handle_reachable() throws Exception {
        JdbcConnection raw = lend().unwrap(JdbcConnection.class);

        assertThat(isUnreachable()).isFalse();
        assertThat(raw.isClosed()).isFalse();
        raw.close();
        closeHandle();
        assertThat(isUnreachable()).isTrue();
    }

    @Test
    void a_driver_s_own_connection_that_was_closed_by_itself_keeps_nothing() throws Exception {
        lend().unwrap(JdbcConnection.class).close();

        assertThat(isUnreachable()).isTrue();
    }

    @Test
    void what_is_got_while_the_handle_is_closed_keeps_nothing() throws Exception {
        ConnectionHandle closed = (ConnectionHandle) lend();
        closed.close();
        closed.handOut(closed.poolwrightRaw());
        closed = null;

        assertThat(isUnreachable()).isTrue();
    }

    @Test
    void a_stream_being_read_keeps_its_handle_reachable_and_no_longer() throws Exception {
        assertReadableWithoutHandle(streamOfLob());

        assertThat(isUnreachable()).isTrue();
    }

    private void assertReadableWithoutHandle(Reader stream) throws Exception {
        assertThat(isUnreachable()).isFalse();
        assertThat(stream.read()).isEqualTo(' ');
    }

    private Reader streamOfLob() throws SQLException {
        ResultSet rows = lend().createStatement().executeQuery("select cast(space(100000) as clob)");
        rows.next();
        return rows.getCharacterStream(1);
    }

    private Connection lend() throws SQLException {
        try {
            Slot<PhysicalConnection> slot = pool.checkOut(Deadline.never());
            ConnectionHandle fresh = ConnectionHandle.lend(lending, slot, 0);
            handle = new WeakReference<>(fresh);
            lent = fresh.physical();
            return fresh;
        } catch (Exception failure) {
            throw new SQLException(failure);
        }
    }

    private void closeHandle() throws SQLException {
        Connection held = handle.get();
        assertThat(held).isNotNull();
        held.close();
    }

    private boolean isUnreachable() throws Exception {
        for (int i = 0; i < 20 && handle.get() != null; i++) {
            System.gc();
            lent.observeHandedOut();
        }
        return handle.get() == null;
    }

    private static final class Physicals implements Lifecycle<PhysicalConnection> {

        @Override
        public PhysicalConnection open() throws Exception {
            return PhysicalConnection.of(DriverManager.getConnection(URL), HandleClasses.factory());
        }

        @Override
        public boolean isAlive(PhysicalConnection connection) {
            return true;
        }

        @Override
        public void close(PhysicalConnection connection) {
            try {
                connection.raw().close();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
