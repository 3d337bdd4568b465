package dev.poolwright.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import dev.poolwright.event.EngineStats;
import dev.poolwright.pool.Fixture;
import dev.poolwright.time.Ticker;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Sixteen threads move money while their server's processes are killed, stopped like in a crash and started again, and
 * frozen, in a random order: no money is lost, no connection has two owners, no thread hangs, and in the end our counts
 * are the server's. For {@code chaos.seconds}: 60, an hour with the profile {@code chaos}.
 */
class ChaosIT {

    private static final int THREADS = 16;
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final long SECONDS = Long.getLong("chaos.seconds", 60);

    /** A frozen server is thawed after this at the latest. */
    private static final int LONGEST_FREEZE_MILLIS = 3_000;

    private final long seed = Ticker.SYSTEM.nanos();
    private final Random dice = new Random(seed);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void the_ledger_stays_exact_and_nothing_is_lost() throws Exception {
        try (TroubledPostgres database = TroubledPostgres.start()) {
            database.execute(Ledger.schema());
            try (Engine engine = Engine.builder(database.url())
                    .user("postgres")
                    .property("ApplicationName", "ledger")
                    .size(8)
                    .overflow(4)
                    .pingAfter(Duration.ofMillis(500))
                    .recycle(Duration.ofSeconds(5))
                    .checkoutTimeout(DEADLINE)
                    .build()) {
                run(database, engine, new Ledger(engine));
            }
            Fixture.eventually(() -> sessions(database) == 0);
        }
    }

    private void run(TroubledPostgres database, Engine engine, Ledger ledger) throws Exception {
        List<Fixture.Running<Void>> clerks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            clerks.add(Fixture.async(() -> {
                while (!over.get()) {
                    ledger.move();
                }
                return null;
            }));
        }
        long end = Ticker.SYSTEM.nanos() + TimeUnit.SECONDS.toNanos(SECONDS);
        int troubles = 0;
        try {
            for (; Ticker.SYSTEM.nanos() < end; troubles++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100 + dice.nextInt(900)));
                trouble(database);
            }
        } finally {
            database.thaw();
            over.set(true);
        }
        for (Fixture.Running<Void> clerk : clerks) {
            clerk.result().get(1, TimeUnit.MINUTES); // no thread hangs
        }
        String happened = "seed " + seed + ": " + troubles + " troubles, " + ledger.moved + " moved, " + ledger.failed
                + " failed, " + engine.stats();

        assertThat(database.number("select sum(balance) from account"))
                .as(happened)
                .isEqualTo((long) Ledger.ACCOUNTS * Ledger.EACH);
        assertThat(ledger.ownedTwice).as(happened).hasValue(0);
        assertThat(ledger.moved).as(happened).hasValueGreaterThan(SECONDS);
        assertThat(Duration.ofNanos(ledger.longestCheckOut.get()))
                .as(happened)
                .isLessThan(DEADLINE.plusSeconds(3)); // on a machine that is stopped and started as well
        Fixture.eventually(() -> engine.stats().leased() == 0);
        // What came back while others still waited was kept, and is closed at the next tick.
        Fixture.eventually(() -> engine.stats().idle() <= 8);
        Fixture.eventually(() -> {
            EngineStats stats = engine.stats();
            return stats.opened() - stats.closed() == stats.idle();
        });
        Fixture.eventually(() -> sessions(database) == engine.stats().idle());

        // Every place is there: as many can be lent as there may be.
        List<java.sql.Connection> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(engine.getConnection());
        }
        for (java.sql.Connection each : all) {
            each.close();
        }
    }

    private void trouble(TroubledPostgres database) throws IOException, InterruptedException {
        switch (dice.nextInt(5)) {
            case 0:
                database.freeze();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(dice.nextInt(LONGEST_FREEZE_MILLIS)));
                database.thaw();
                break;
            case 1:
                database.stopImmediately();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(dice.nextInt(1_000)));
                database.startAgain();
                break;
            default:
                kill(database, 1 + dice.nextInt(4));
        }
    }

    private static void kill(TroubledPostgres database, int processes) {
        try {
            database.number("select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity"
                    + " where application_name = 'ledger' order by random() limit " + processes + ") some");
        } catch (SQLException recovering) {
            // It refuses this connection as well.
        }
    }

    private static long sessions(TroubledPostgres database) {
        try {
            return database.number("select count(*) from pg_stat_activity where application_name = 'ledger'");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
