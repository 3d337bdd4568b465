package dev.poolwright.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.time.FakeTicker;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final EngineInfo ORDERS =
            new EngineInfo("orders", "jdbc:postgresql://db/orders", "app", "postgresql", "orders", "db", 5432);
    private static final long CONNECT = Duration.ofMillis(4).toNanos();

    private final FakeTicker ticker = new FakeTicker();
    private final Forecast forecast = new Forecast(2, Duration.ofSeconds(30).toNanos(), ticker);

    private void lend(int connections) {
        for (int i = 0; i < connections; i++) {
            forecast.connectionOpened(ORDERS, CONNECT, null);
            forecast.checkedOut(ORDERS, CONNECT);
        }
    }

    private void giveBack(int connections) {
        for (int i = 0; i < connections; i++) {
            forecast.checkedIn(ORDERS, 0);
        }
    }

    private void passes(Duration time) {
        ticker.advance(time);
    }

    @Test
    void says_how_many_connects_there_were_what_they_cost_and_how_many_a_pool_would_have_needed() {
        for (int i = 0; i < 10; i++) {
            lend(1);
            passes(Duration.ofSeconds(1));
            giveBack(1);
        }
        assertThat(forecast.lines())
                .containsExactly("observed orders: 10 connects in 10.0 s (1.0 a second), 0.0 s spent in them"
                        + " (4.0 ms each, the longest 4 ms); at most 1 at once, 1 were enough for 99 % of the time;"
                        + " a pool of 2 would have opened 1 instead");
    }

    @Test
    void says_what_was_enough_most_of_the_time_and_not_only_at_the_peak() {
        lend(1);
        passes(Duration.ofSeconds(1_000));
        lend(20);
        passes(Duration.ofSeconds(1));
        giveBack(20);
        assertThat(forecast.lines().get(0)).contains("at most 21 at once, 1 were enough for 99 % of the time");
    }

    @Test
    void keeps_no_more_than_the_pool_would_and_none_for_longer() {
        lend(4);
        giveBack(4);
        lend(4); // two of them spared
        giveBack(4);
        passes(Duration.ofSeconds(30));
        lend(1);
        assertThat(forecast.lines().get(0)).endsWith("a pool of 2 would have opened 7 instead");
    }

    @Test
    void counts_what_was_taken_back_from_the_collector_as_gone() {
        lend(1);
        forecast.leaked(
                new Leak(Leak.Kind.CONNECTION, Leak.Action.RECLAIMED, ORDERS, "connection", "?", List.of(), "?", 0));
        lend(1);
        assertThat(forecast.lines().get(0)).contains("at most 1 at once").endsWith("would have opened 2 instead");
    }

    @Test
    void says_that_connects_failed() {
        forecast.connectionOpened(ORDERS, CONNECT, new SQLException("refused"));
        assertThat(forecast.lines()).containsExactly("observed orders: 1 connects failed, none succeeded");
        lend(1);
        assertThat(forecast.lines().get(0)).contains(", 1 failed; at most");
    }

    @Test
    void passes_on_all_there_is_to_hear() throws Exception {
        List<String> heard = new ArrayList<>();
        forecast.next((EngineListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EngineListener.class}, (proxy, method, args) -> {
                    heard.add(method.getName());
                    return null;
                }));
        List<String> all = new ArrayList<>();
        for (Method method : EngineListener.class.getMethods()) {
            all.add(method.getName());
            method.invoke(
                    forecast,
                    Arrays.stream(method.getParameterTypes())
                            .map(this::argument)
                            .toArray());
        }
        assertThat(heard).containsExactlyElementsOf(all);
    }

    private Object argument(Class<?> type) {
        if (type == EngineInfo.class) {
            return ORDERS;
        }
        if (type == Leak.class) {
            return new Leak(Leak.Kind.SESSION, Leak.Action.REPORTED, null, "session", "?", List.of(), "?", 0);
        }
        return type == long.class ? (Object) 0L : type == int.class ? (Object) 0 : null;
    }
}
