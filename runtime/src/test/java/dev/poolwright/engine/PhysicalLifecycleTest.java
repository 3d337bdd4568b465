package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.poolwright.dialect.Dialects;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.jdbc.generate.HandleClasses;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class PhysicalLifecycleTest {

    private final PhysicalLifecycle lifecycle = new PhysicalLifecycle(
            new NoConnector(),
            Dialects.forUrl("jdbc:fake:"),
            null,
            0,
            0,
            (origin, heldNanos, unusedNanos, physical) -> {});

    @Test
    void a_connection_that_cannot_be_pinged_is_not_alive() throws Exception {
        assertThat(lifecycle.isAlive(failing("isValid", new AbstractMethodError("isValid"))))
                .isFalse();
    }

    @Test
    void a_connection_whose_driver_is_undeployed_is_dropped_without_a_word() throws Exception {
        PhysicalConnection orphan = failing("close", new NoClassDefFoundError("com/vendor/Goodbye"));
        assertThatCode(() -> lifecycle.close(orphan)).doesNotThrowAnyException();
    }

    private static PhysicalConnection failing(String name, Error failure) throws Exception {
        Connection raw = (Connection) Proxy.newProxyInstance(
                PhysicalLifecycleTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, method, a) -> {
                    if (method.getName().equals(name)) {
                        throw failure;
                    }
                    return method.getReturnType() == boolean.class ? false : null;
                });
        return PhysicalConnection.of(raw, HandleClasses.factory());
    }
}
