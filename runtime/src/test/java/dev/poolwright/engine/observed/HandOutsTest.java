package dev.poolwright.engine.observed;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.OrderScreen;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.house.Housekeeper;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What another pool has handed out; told here as the gate tells it. */
class HandOutsTest {

    private final List<Leak> leaks = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final EngineListener listener = new Listener();
    private final ObservedDatabases databases = new ObservedDatabases(() -> listener);
    private final HandOuts handOuts = new HandOuts(databases, true, () -> listener, leaks::add, Housekeeper.shared());
    private final Object pool = new Object();

    private PoolSource source() {
        return handOuts.sourceBegins(pool);
    }

    private static void collectUntil(BooleanSupplier done) throws InterruptedException {
        for (int i = 0; i < 500 && !done.getAsBoolean(); i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(done.getAsBoolean()).isTrue();
    }

    private void forget() {
        OrderScreen.show(() -> handOuts.handedOut(new Object(), source(), handOuts.start()));
    }

    @Test
    void reports_what_nobody_can_reach_with_its_line_and_its_pool_and_leaves_it_to_that() throws Exception {
        source().leadsTo(databases.of("jdbc:h2:tcp://db/orders", "sa"));
        forget();
        collectUntil(() -> !leaks.isEmpty() && told.contains("leaked"));

        Leak leak = leaks.get(0);
        assertThat(leak.kind()).isEqualTo(Leak.Kind.CONNECTION);
        assertThat(leak.action()).isEqualTo(Leak.Action.REPORTED);
        assertThat(leak.site()).startsWith("com.acme.OrderScreen.show(OrderScreen.java:");
        assertThat(leak.what()).endsWith(" from java.lang.Object").contains("jdbc:h2:tcp://db");
        assertThat(leaks).hasSize(1);
    }

    @Test
    void names_the_pool_alone_where_it_is_not_known_where_that_leads_to() throws Exception {
        source().leadsTo(databases.of("jdbc:h2:tcp://db/orders", "sa"));
        source().leadsTo(databases.of("jdbc:h2:tcp://db/stock", "sa"));
        forget();
        collectUntil(() -> !leaks.isEmpty());
        assertThat(leaks.get(0).what()).isEqualTo("connection of a java.lang.Object");
        assertThat(leaks.get(0).engine()).isNull();
    }

    @Test
    void says_nothing_of_what_is_closed_on_whatever_thread_nor_of_what_is_held() throws Exception {
        Object held = new Object();
        handOuts.handedOut(held, source(), handOuts.start());
        closedElsewhere();
        forget();
        collectUntil(() -> !leaks.isEmpty());
        assertThat(leaks).hasSize(1);
        handOuts.closed(held);
    }

    private void closedElsewhere() {
        Object connection = new Object();
        handOuts.handedOut(connection, source(), handOuts.start());
        CompletableFuture.runAsync(() -> handOuts.closed(connection)).join();
    }

    @Test
    void tells_how_long_it_took_to_get_and_how_long_it_was_held() {
        source().leadsTo(databases.of("jdbc:h2:tcp://db/orders", "sa"));
        Object connection = new Object();
        handOuts.handedOut(connection, source(), handOuts.start());
        handOuts.handedOut(connection, source(), handOuts.start());
        handOuts.closed(connection);
        handOuts.closed(connection);
        assertThat(told).containsExactly("observed", "out", "in");
    }

    @Test
    void keeps_neither_the_pool_nor_its_database() throws Exception {
        handOuts.sourceBegins(new Object()).leadsTo(databases.of("jdbc:h2:tcp://db/gone", "sa"));
        collectUntil(() -> {
            databases.forgetGone();
            handOuts.sourceBegins(pool);
            return told.contains("closed");
        });
        assertThat(told).containsExactly("observed", "closed");
    }

    private final class Listener implements EngineListener {

        @Override
        public void observed(EngineInfo engine) {
            told.add("observed");
        }

        @Override
        public void engineClosed(EngineInfo engine) {
            told.add("closed");
        }

        @Override
        public void checkedOut(EngineInfo engine, long waitedNanos) {
            told.add("out");
        }

        @Override
        public void checkedIn(EngineInfo engine, long heldNanos) {
            told.add("in");
        }

        @Override
        public void leaked(Leak leak) {
            told.add("leaked");
        }
    }
}
