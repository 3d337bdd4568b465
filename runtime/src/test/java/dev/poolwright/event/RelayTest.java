package dev.poolwright.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayTest {

    @Test
    void passes_on_everything_there_is_to_hear() throws Exception {
        List<Method> heard = new ArrayList<>();
        Relay relay = new Relay() {};
        relay.next((EngineListener) Proxy.newProxyInstance(
                RelayTest.class.getClassLoader(), new Class<?>[] {EngineListener.class}, (proxy, method, arguments) -> {
                    heard.add(method);
                    return null;
                }));

        for (Method method : EngineListener.class.getMethods()) {
            Object[] arguments = new Object[method.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                Class<?> type = method.getParameterTypes()[i];
                arguments[i] = type == long.class ? (Object) 0L : type == int.class ? (Object) 0 : null;
            }
            method.invoke(relay, arguments);
        }

        assertThat(heard).containsExactlyInAnyOrder(EngineListener.class.getMethods());
        relay.next(null);
        relay.checkedOut(null, 0); // and nobody is nobody
    }
}
