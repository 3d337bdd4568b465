package dev.poolwright.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What woven code gets back, whatever the gate does. */
class HookTest {

    private static final Connection RAW = stub(Connection.class);
    private static final Connection HANDLE = stub(Connection.class);
    private static final DataSource SOURCE = stub(DataSource.class);

    private static final String DATA_SOURCE_LEFT =
            "dataSourceLeft " + SOURCE.getClass().getName().replaceAll(".*[.$]", "");

    private RecordingGate gate;

    @BeforeEach
    void install() throws ReflectiveOperationException {
        gate = RecordingGate.install();
    }

    @AfterEach
    void uninstall() throws Throwable {
        call("install", (Object) null);
    }

    @Test
    void goes_on_when_there_is_no_gate() throws Throwable {
        call("install", (Object) null);

        assertThat(call("enterDriverManager", "jdbc:x", null, null)).isNull();
        assertThat(call("connect", driver(RAW), "jdbc:x", null)).isSameAs(RAW);
        assertThat(call("enterDataSource", SOURCE, "com.acme.Source", null, null, false))
                .isNull();
        assertThat(call("exitDataSource", RAW, SOURCE)).isSameAs(RAW);
        assertThat(call("sessionEntered", 3, "session", "listener")).isNull();
        call("leaveDriverManager");
        call("sessionLeft", 3, "session", null, null);
        assertThat(gate.calls()).isEmpty();
    }

    @Test
    void returns_a_connection_as_verdict() throws Throwable {
        gate.answer("driverManagerEntered", arguments -> HANDLE).answer("dataSourceEntered", arguments -> HANDLE);

        assertThat(call("enterDriverManager", "jdbc:x", new Properties(), null)).isSameAs(HANDLE);
        assertThat(call("enterDataSource", SOURCE, "com.acme.Source", null, null, false))
                .isSameAs(HANDLE);
    }

    @Test
    void throws_a_throwable_as_verdict() {
        SQLException verdict = new SQLException("no connection in time", "08001", 101);
        gate.answer("driverManagerEntered", arguments -> verdict);

        assertThatThrownBy(() -> call("enterDriverManager", "jdbc:x", null, null))
                .isSameAs(verdict);
    }

    @Test
    void hands_out_what_the_gate_makes_of_a_connection() throws Throwable {
        gate.answer("connecting", arguments -> "token");
        gate.answer("connected", arguments -> arguments[0].equals("token") ? HANDLE : null);

        assertThat(call("connect", driver(RAW), "jdbc:x", null)).isSameAs(HANDLE);
    }

    @Test
    void hands_out_the_raw_connection_when_the_gate_fails_afterwards() throws Throwable {
        gate.answer("connected", HookTest::fail).answer("dataSourceConnected", HookTest::fail);

        assertThat(call("connect", driver(RAW), "jdbc:x", null)).isSameAs(RAW);
        assertThat(call("exitDataSource", RAW, SOURCE)).isSameAs(RAW);
        assertThat(gate.calls())
                .containsSubsequence(
                        "connected",
                        "suppressed connected IllegalStateException",
                        "suppressed exitDataSource IllegalStateException",
                        DATA_SOURCE_LEFT);
    }

    @Test
    void does_not_tell_of_a_driver_that_refuses_the_url() throws Throwable {
        assertThat(call("connect", driver((Object) null), "jdbc:x", null)).isNull();

        assertThat(gate.calls()).hasSize(1).allMatch(call -> call.startsWith("connecting"));
    }

    @Test
    void lets_the_drivers_exception_through() {
        SQLException refused = new SQLException("refused");

        assertThatThrownBy(() -> call("connect", driver(refused), "jdbc:x", null))
                .isSameAs(refused)
                .hasNoSuppressedExceptions();
    }

    @Test
    void asks_the_driver_once_more_when_the_gate_made_room() throws Throwable {
        gate.answer("makesRoom", arguments -> "jdbc:x".equals(arguments[0]));

        assertThat(call("connect", driver(new SQLException("too many clients"), RAW), "jdbc:x", null))
                .isSameAs(RAW);
    }

    @Test
    void asks_the_driver_once_more_only_and_throws_what_it_said_first() {
        gate.answer("makesRoom", arguments -> true);
        SQLException first = new SQLException("too many");

        assertThatThrownBy(
                        () -> call("connect", driver(first, new SQLException("still too many"), RAW), "jdbc:x", null))
                .isSameAs(first)
                .hasNoSuppressedExceptions();
        assertThat(gate.calls()).filteredOn("makesRoom"::equals).hasSize(1);
    }

    @Test
    void lets_the_drivers_exception_through_when_the_gate_fails_over_it() {
        gate.answer("makesRoom", HookTest::fail);
        SQLException refused = new SQLException("refused");

        assertThatThrownBy(() -> call("connect", driver(refused), "jdbc:x", null))
                .isSameAs(refused);
    }

    @Test
    void has_a_body_run_once_more_when_the_gate_made_room() throws Throwable {
        gate.answer("makesRoom", arguments -> true);
        SQLException first = new SQLException("too many");
        SQLException second = new SQLException("still too many");
        Driver driver = driver();

        assertThat(call("failDriver", first, null, driver, "jdbc:x")).isNull();
        assertThat(call("failDataSource", first, null, SOURCE)).isNull();
        assertThat(gate.calls()).containsOnly("makesRoom");

        assertThat(call("failDriver", second, first, driver, "jdbc:x")).isSameAs(first);
        assertThat(call("failDataSource", second, first, SOURCE)).isSameAs(first);
        assertThat(gate.calls()).filteredOn("makesRoom"::equals).hasSize(2);
        assertThat(gate.calls()).filteredOn(call -> call.contains("Left")).hasSize(2);
    }

    @Test
    void hides_nothing_worse_than_a_refusal_behind_the_first_one() throws Throwable {
        SQLException first = new SQLException("too many");
        Error worse = new OutOfMemoryError("planted");

        assertThat(call("failDriver", worse, first, driver(), "jdbc:x")).isSameAs(worse);
        call("install", (Object) null);
        assertThat(call("failDriver", worse, null, driver(), "jdbc:x")).isSameAs(worse);
        assertThat(call("failDataSource", first, null, SOURCE)).isSameAs(first);
    }

    @Test
    void goes_on_when_every_method_of_the_gate_fails() throws Throwable {
        for (Method method : Class.forName("java.sql.PoolwrightHook").getDeclaredMethods()) {
            gate.answer(method.getName(), HookTest::fail);
        }

        assertThat(call("enterDriverManager", "jdbc:x", null, null)).isNull();
        assertThat(call("connect", driver(RAW), "jdbc:x", null)).isSameAs(RAW);
        call("leaveDriverManager");
        call("driverDeregistered", driver(RAW));
        assertThat(call("enterDataSource", SOURCE, "com.acme.Source", "u", "p", true))
                .isNull();
        assertThat(call("exitDataSource", RAW, SOURCE)).isSameAs(RAW);
        assertThat(call("enterDriver", driver(RAW), "com.acme.Driver", "jdbc:x", null))
                .isNull();
        assertThat(call("exitDriver", RAW, driver(RAW))).isSameAs(RAW);
        SQLException refused = new SQLException("refused");
        assertThat(call("failDriver", refused, null, driver(RAW), "jdbc:x")).isSameAs(refused);
        assertThat(call("failDataSource", refused, null, SOURCE)).isSameAs(refused);
        call("enterRaw");
        call("exitRaw");
        assertThat(call("sessionEntered", 3, "session", "listener")).isNull();
        call("sessionLeft", 3, "session", null, null);
    }

    @Test
    void ignores_what_is_no_data_source() throws Throwable {
        assertThat(call("enterDataSource", "a statement", "com.acme.Rows", null, null, false))
                .isNull();
        assertThat(call("exitDataSource", RAW, "a statement")).isSameAs(RAW);
        SQLException failure = new SQLException("refused");
        assertThat(call("failDataSource", failure, null, "a statement")).isSameAs(failure);

        assertThat(gate.calls()).isEmpty();
    }

    @Test
    void ignores_what_is_no_driver() throws Throwable {
        assertThat(call("enterDriver", "a socket", "com.acme.Socket", "host", null))
                .isNull();
        assertThat(call("exitDriver", RAW, "a socket")).isSameAs(RAW);
        Exception failure = new java.io.IOException("refused");
        assertThat(call("failDriver", failure, null, "a socket", "host")).isSameAs(failure);

        assertThat(gate.calls()).isEmpty();
    }

    @Test
    void hands_out_what_the_gate_has_for_a_driver() throws Throwable {
        SQLException verdict = new SQLException("no connection in time");
        Driver driver = driver(RAW);
        gate.answer("driverEntered", arguments -> arguments[2].equals("jdbc:x") ? HANDLE : verdict);
        gate.answer("driverConnected", arguments -> HANDLE);

        assertThat(call("enterDriver", driver, "com.acme.Driver", "jdbc:x", null))
                .isSameAs(HANDLE);
        assertThatThrownBy(() -> call("enterDriver", driver, "com.acme.Driver", "jdbc:y", null))
                .isSameAs(verdict);
        assertThat(call("exitDriver", RAW, driver)).isSameAs(HANDLE);
    }

    @Test
    void leaves_a_driver_that_does_not_accept_the_url() throws Throwable {
        assertThat(call("exitDriver", null, driver(RAW))).isNull();

        assertThat(gate.calls()).hasSize(1).allMatch(call -> call.startsWith("driverLeft"));
    }

    @Test
    void leaves_a_data_source_that_returned_nothing() throws Throwable {
        assertThat(call("exitDataSource", null, SOURCE)).isNull();

        assertThat(gate.calls()).containsExactly(DATA_SOURCE_LEFT);
    }

    private static Object fail(Object[] arguments) {
        throw new IllegalStateException("planted, called with " + arguments.length);
    }

    /** A driver whose connects end one after the other as given: with a connection, null or an exception. */
    private static Driver driver(Object... ends) {
        Deque<Object[]> left = new ArrayDeque<>();
        for (Object end : ends) {
            left.add(new Object[] {end});
        }
        return (Driver) Proxy.newProxyInstance(
                HookTest.class.getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, arguments) -> {
                    Object end = left.remove()[0];
                    if (end instanceof Throwable failure) {
                        throw failure;
                    }
                    return end;
                });
    }

    private static <T> T stub(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                HookTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
    }

    private static Object call(String name, Object... arguments) throws Throwable {
        Method method = Arrays.stream(Class.forName("java.sql.PoolwrightHook").getMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        try {
            return method.invoke(null, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
