package dev.poolwright.pool.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a return is worth waiting for although there is room for one more. */
class ProspectTest {

    private static final long MILLI = 1_000_000;
    private static final long START = 7_000 * MILLI;

    private final Prospect prospect = new Prospect();

    @BeforeEach
    void opening_takes_80_ms() {
        prospect.opened(80 * MILLI);
    }

    @Test
    void none_while_nothing_is_known_of_openings() {
        assertThat(new Prospect().patienceOnArrival(0, 5, 0, START)).isZero();
    }

    @Test
    void none_where_nothing_is_lent_that_could_come_back() {
        assertThat(prospect.patienceOnArrival(0, 0, 0, START)).isZero();
    }

    @Test
    void tries_for_an_eighth_of_an_opening_whether_anything_comes_back() {
        assertThat(prospect.patienceOnArrival(0, 5, 100, START)).isEqualTo(10 * MILLI);
        assertThat(prospect.patienceOnArrival(1, 5, 100, START + 4 * MILLI)).isEqualTo(6 * MILLI);
        assertThat(prospect.patience(1, 5, 100, START + 10 * MILLI)).isZero();
    }

    @Test
    void does_not_try_for_long_where_opening_takes_long() {
        Prospect slow = new Prospect();
        slow.opened(30_000 * MILLI);
        assertThat(slow.patienceOnArrival(0, 5, 0, START)).isEqualTo(20 * MILLI);
    }

    @Test
    void takes_no_account_of_what_came_back_before_anybody_waited() {
        prospect.patienceOnArrival(0, 5, 100, START);
        assertThat(prospect.patienceOnArrival(0, 5, 900, START + 500 * MILLI)).isEqualTo(10 * MILLI);
    }

    @Test
    void waits_twice_as_long_as_its_turn_should_take_where_that_is_sooner_than_an_opening() {
        prospect.patienceOnArrival(0, 5, 100, START);
        // Five have come back in 5 ms: one in each.
        assertThat(prospect.patience(0, 5, 105, START + 5 * MILLI)).isEqualTo(2 * MILLI);
        assertThat(prospect.patience(20, 5, 105, START + 5 * MILLI)).isEqualTo(42 * MILLI);
        assertThat(prospect.patience(45, 5, 105, START + 5 * MILLI)).isZero();
    }

    @Test
    void gives_up_when_returns_stay_away() {
        prospect.patienceOnArrival(0, 5, 100, START);
        assertThat(prospect.patience(10, 5, 105, START + 5 * MILLI)).isPositive();
        assertThat(prospect.patience(10, 5, 105, START + 60 * MILLI)).isZero();
    }

    @Test
    void a_queue_that_stands_is_worth_one_opening_then_two_then_four() {
        prospect.patienceOnArrival(0, 5, 0, START);
        assertThat(openedAt(START + 79 * MILLI)).isZero();
        assertThat(openedAt(START + 80 * MILLI)).isEqualTo(1);
        assertThat(openedAt(START + 160 * MILLI)).isEqualTo(2);
        assertThat(openedAt(START + 240 * MILLI)).isEqualTo(4);
    }

    @Test
    void a_queue_that_ended_is_forgotten() {
        prospect.patienceOnArrival(0, 5, 0, START);
        prospect.patienceOnArrival(0, 5, 0, START + 200 * MILLI);
        assertThat(openedAt(START + 210 * MILLI)).isZero();
    }

    /** How many of those who come then, behind one who waits and with a return each millisecond, open. */
    private int openedAt(long nowNanos) {
        int opened = 0;
        for (int i = 0; i < 20; i++) {
            int ended = (int) ((nowNanos - START) / MILLI);
            opened += prospect.patienceOnArrival(1, 5, ended, nowNanos) == 0 ? 1 : 0;
        }
        return opened;
    }
}
