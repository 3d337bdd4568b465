package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.config.Reset;
import dev.poolwright.dialect.Dialects;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.jdbc.CallGuard.Closing;
import dev.poolwright.jdbc.generate.HandleClasses;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.NullPool;
import dev.poolwright.pool.Slot;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CallGuardTest {

    private final CallGuard guard = guard();

    private WeakReference<Connection> handle = new WeakReference<>(null);
    private boolean reachableInCall;

    @Test
    void the_borrower_s_calls_are_marked_and_all_others_counted() throws Exception {
        int own = guard.beginCall();
        int nested = guard.beginCall();
        int foreign = elsewhere(guard::tryBeginCall);
        assertThat(own).isEqualTo(CallGuard.BY_OWNER);
        assertThat(nested).isEqualTo(CallGuard.COUNTED);
        assertThat(foreign).isEqualTo(CallGuard.COUNTED);

        guard.endCall(nested);
        guard.endCall(foreign);
        guard.endCall(own);
        assertThat(guard.beginClose()).isEqualTo(Closing.QUIET);
    }

    @Test
    void a_close_knows_of_every_call_in_flight() throws Exception {
        CallGuard inNested = guard();
        inNested.beginCall();
        assertThat(inNested.beginClose()).isEqualTo(Closing.CALL_IN_FLIGHT);

        CallGuard inForeign = guard();
        elsewhere(inForeign::tryBeginCall);
        assertThat(inForeign.beginClose()).isEqualTo(Closing.CALL_IN_FLIGHT);

        CallGuard inOwn = guard();
        inOwn.beginCall();
        assertThat(elsewhere(inOwn::beginClose)).isEqualTo(Closing.CALL_IN_FLIGHT);
    }

    @Test
    void only_one_close_counts_and_no_call_follows_it() throws Exception {
        assertThat(elsewhere(guard::beginClose)).isEqualTo(Closing.QUIET);
        assertThat(guard.beginClose()).isEqualTo(Closing.ALREADY_CLOSED);
        assertThat(guard.tryBeginCall()).isEqualTo(CallGuard.REFUSED);
        assertThat(elsewhere(guard::tryBeginCall)).isEqualTo(CallGuard.REFUSED);
        assertThatThrownBy(guard::beginWork).hasMessage("closed");
    }

    @Test
    void a_handle_whose_driver_is_at_work_stays_reachable() throws Exception {
        lend().nativeSQL("select 1");
        assertThat(reachableInCall).isTrue();
        assertThat(isReachable()).isFalse();
    }

    private Connection lend() throws Exception {
        Connection raw = (Connection) Proxy.newProxyInstance(
                CallGuardTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, method, a) -> {
                    if (method.getName().equals("nativeSQL")) {
                        reachableInCall = isReachable();
                        return "";
                    }
                    return method.getReturnType() == boolean.class ? true : null;
                });
        NullPool<PhysicalConnection> pool = new NullPool<>(new NoDriver(), LeakListener.silent());
        EngineInfo info = new EngineInfo("guard", "jdbc:fake:", null, "other_sql", null, null, -1);
        Slot<PhysicalConnection> slot = pool.reserveBeyondCap();
        pool.fill(slot, PhysicalConnection.of(raw, HandleClasses.factory()));
        Connection lent =
                ConnectionHandle.lend(new Lending(info, Dialects.forUrl("jdbc:fake:"), pool, Reset.SMART), slot, 0);
        handle = new WeakReference<>(lent);
        return lent;
    }

    private boolean isReachable() {
        for (int i = 0; i < 20 && handle.get() != null; i++) {
            System.gc();
        }
        return handle.get() != null;
    }

    private static CallGuard guard() {
        return new CallGuard(Thread.currentThread()) {
            @Override
            int leaseWord() {
                return 0;
            }

            @Override
            boolean shareLease(int word) {
                return true;
            }

            @Override
            int beginClosedCall() throws SQLException {
                throw new SQLException("closed");
            }

            @Override
            void failed(SQLException failure) {}
        };
    }

    private static <T> T elsewhere(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call).join();
    }

    /** Opens and closes nothing. */
    private static final class NoDriver implements Lifecycle<PhysicalConnection> {

        @Override
        public PhysicalConnection open() {
            throw new IllegalStateException("opened by hand");
        }

        @Override
        public boolean isAlive(PhysicalConnection connection) {
            return true;
        }

        @Override
        public void close(PhysicalConnection connection) {}
    }
}
