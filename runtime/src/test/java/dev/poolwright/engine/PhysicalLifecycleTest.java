package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.dialect.Dialects;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.jdbc.generate.HandleClasses;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class PhysicalLifecycleTest {

    @Test
    void a_connection_that_cannot_be_pinged_is_not_alive() throws Exception {
        Connection older = (Connection) Proxy.newProxyInstance(
                PhysicalLifecycleTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, method, a) -> {
                    if (method.getName().equals("isValid")) {
                        throw new AbstractMethodError("isValid");
                    }
                    return method.getReturnType() == boolean.class;
                });
        PhysicalLifecycle lifecycle = new PhysicalLifecycle(new NoConnector(), Dialects.forUrl("jdbc:fake:"));

        assertThat(lifecycle.isAlive(PhysicalConnection.of(older, HandleClasses.factory())))
                .isFalse();
    }
}
