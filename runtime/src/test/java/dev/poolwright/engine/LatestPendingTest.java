package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestPendingTest {

    /** A rejected connection has the second asked for on the completing thread, before the first call has returned. */
    @Test
    void is_the_last_one_asked_for_whoever_comes_first_to_say_so() {
        List<String> cancelled = new ArrayList<>();
        LatestPending latest = new LatestPending();
        latest.cancel();
        latest.begun(2, () -> cancelled.add("second"));
        latest.begun(1, () -> cancelled.add("first"));
        latest.cancel();
        latest.begun(3, () -> cancelled.add("third"));
        latest.cancel();
        assertThat(cancelled).containsExactly("second", "third");
    }
}
