package dev.poolwright.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatioTest {

    @Test
    void is_above_one_for_the_better_whichever_way_is_better() {
        assertThat(Ratio.of(new double[] {20}, new double[] {10}, Figure.Better.MORE)
                        .value())
                .isEqualTo(2);
        assertThat(Ratio.of(new double[] {20}, new double[] {10}, Figure.Better.LESS)
                        .value())
                .isEqualTo(0.5);
    }

    @Test
    void compares_medians_so_that_one_disturbed_value_does_not_count() {
        Ratio ratio = Ratio.of(new double[] {10, 10, 1_000}, new double[] {5, 5, 5}, Figure.Better.MORE);

        assertThat(ratio.value()).isEqualTo(2);
    }

    @Test
    void has_bounds_that_are_the_wider_the_more_the_values_differ() {
        double[] theirs = {10, 10, 10, 10};

        Ratio steady = Ratio.of(new double[] {20, 20.1, 20.2, 20.1}, theirs, Figure.Better.MORE);
        Ratio shaky = Ratio.of(new double[] {10, 15, 25, 30}, theirs, Figure.Better.MORE);

        assertThat(steady.high() - steady.low()).isLessThan(0.1);
        assertThat(shaky.high() - shaky.low()).isGreaterThan(0.5);
        assertThat(shaky.low()).isLessThanOrEqualTo(shaky.value());
        assertThat(shaky.high()).isGreaterThanOrEqualTo(shaky.value());
    }

    @Test
    void has_no_bounds_where_there_is_nothing_to_draw_them_from() {
        Ratio ratio = Ratio.of(new double[] {1, 2}, new double[] {1, 2, 3}, Figure.Better.LESS);

        assertThat(ratio.low()).isNaN();
        assertThat(ratio).hasToString("1.33");
    }
}
