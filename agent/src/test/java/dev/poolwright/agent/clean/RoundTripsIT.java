package dev.poolwright.agent.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.config.Reset;
import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What a clean session costs, counted on the wire, and what a reset. */
class RoundTripsIT {

    private static final int BORROWS = 20;

    @Test
    void are_none_for_a_session_that_nothing_has_changed() throws Exception {
        for (Callable<Cleaned> maker : List.<Callable<Cleaned>>of(Cleaned::postgres, Cleaned::mariaDb)) {
            try (Cleaned at = maker.call();
                    Turns turns = Turns.to(port(at.url()))) {
                String url = at.url().replace(":" + port(at.url()) + "/", ":" + turns.port() + "/");
                long without = turns(at, url, turns, Reset.NEVER, "select 2");
                long with = turns(at, url, turns, Reset.SMART, "select 2");
                long always = turns(at, url, turns, Reset.ALWAYS, "select 2");

                assertThat(with).as(at.name()).isEqualTo(without);
                assertThat(always).as(at.name()).isBetween(without + BORROWS, without + 2 * BORROWS);
            }
        }
    }

    @Test
    void is_one_for_postgresql_s_reset() throws Exception {
        try (Cleaned at = Cleaned.postgres();
                Turns turns = Turns.to(port(at.url()))) {
            String url = at.url().replace(":" + port(at.url()) + "/", ":" + turns.port() + "/");
            String set = "set statement_timeout = 12345";
            long without = turns(at, url, turns, Reset.NEVER, set);
            long with = turns(at, url, turns, Reset.SMART, set);

            assertThat(with).isEqualTo(without + BORROWS);
        }
    }

    private static int port(String url) {
        return Integer.parseInt(url.replaceFirst(".*localhost:(\\d+)/.*", "$1"));
    }

    /** Round trips of some borrows, once all is warm. */
    private static long turns(Cleaned at, String url, Turns turns, Reset reset, String sql) throws SQLException {
        try (Engine engine = Engine.builder(url)
                .user(at.user())
                .password(at.password())
                .size(1)
                .overflow(0)
                .reset(reset)
                .build()) {
            for (int i = 0; i < 10; i++) {
                borrow(engine, "set time zone 'UTC'");
                borrow(engine, "set @nothing = 1");
                borrow(engine, sql);
            }
            long before = turns.count();
            for (int i = 0; i < BORROWS; i++) {
                borrow(engine, sql);
            }
            return turns.count() - before;
        }
    }

    private static void borrow(Engine engine, String sql) throws SQLException {
        try (Connection connection = engine.getConnection()) {
            Cleaned.answer(connection, sql);
            Cleaned.answer(connection, "select count(*) from counted where upper(name) = 'A'");
            try (PreparedStatement insert = connection.prepareStatement("insert into counted (name) values (?)")) {
                insert.setString(1, "a");
                insert.executeUpdate();
            }
        }
    }
}
