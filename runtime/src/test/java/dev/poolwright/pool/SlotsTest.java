package dev.poolwright.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.leak.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private final Slots<String> slots = new Slots<>(
            new Slot.Owner<>() {
                @Override
                public void reclaim(Slot<String> slot, @Nullable Origin origin, long heldNanos) {}
            },
            5);

    @Test
    void has_no_slot_before_one_is_needed() {
        assertThat(slots.all()).isEmpty();
        assertThat(slots.claimIdle()).isNull();
    }

    @Test
    void a_thread_finds_its_own_slot_first() {
        Slot<String> mine = slots.claimEmpty();
        Slot<String> other = slots.claimEmpty();
        free(other);
        free(mine);
        assertThat(slots.claimIdle()).isSameAs(mine);
    }

    @Test
    void claims_each_slot_once() {
        assertThat(new HashSet<>(claim(100))).hasSize(100);
        assertThat(slots.leased()).isEqualTo(100);
    }

    @Test
    void becomes_short_again_and_keeps_what_is_in_use() {
        List<Slot<String>> many = claim(1000);
        List<Slot<String>> kept = many.subList(0, 3);
        many.subList(3, 1000).forEach(SlotsTest::empty);
        slots.settle();

        assertThat(slots.all()).hasSizeLessThan(40).containsAll(kept);
        assertThat(slots.used()).isEqualTo(3);
        Set<Slot<String>> again = new HashSet<>(claim(100));
        assertThat(again).hasSize(100).doesNotContainAnyElementsOf(kept);
    }

    @Test
    void a_removed_slot_cannot_be_claimed() {
        Slot<String> slot = slots.claimEmpty();
        empty(slot);
        assertThat(slot.emptyToRemoved()).isTrue();
        assertThat(slot.emptyToLeased()).isFalse();
    }

    @Test
    void counts_ended_leases() {
        int before = slots.endedLeases();
        for (int i = 0; i < 3; i++) {
            Slot<String> slot = slots.claimIdle();
            free(slot == null ? slots.claimEmpty() : slot);
        }
        assertThat(slots.endedLeases() - before).isEqualTo(3);
    }

    private List<Slot<String>> claim(int count) {
        List<Slot<String>> claimed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            claimed.add(slots.claimEmpty());
        }
        return claimed;
    }

    private static void free(Slot<String> slot) {
        slot.leasedToIdle(slot.lease("to IDLE"));
    }

    private static void empty(Slot<String> slot) {
        slot.leasedToRetiring(slot.lease("to RETIRING"));
        slot.retiringToEmpty();
    }
}
