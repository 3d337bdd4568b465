package dev.poolwright.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingTest {

    @Test
    void reads_durations_with_their_unit_and_bare_numbers_as_milliseconds() {
        assertThat(Setting.POOL_LINGER.parse("30s")).isEqualTo(30_000L);
        assertThat(Setting.POOL_LINGER.parse("500ms")).isEqualTo(500L);
        assertThat(Setting.POOL_LINGER.parse("10min")).isEqualTo(600_000L);
        assertThat(Setting.POOL_LINGER.parse("1h")).isEqualTo(3_600_000L);
        assertThat(Setting.POOL_LINGER.parse("0")).isEqualTo(0L);
        assertThat(Setting.POOL_LINGER.parse("750")).isEqualTo(750L);
        assertThat(Setting.POOL_LINGER.parse(" 2 S ")).isEqualTo(2_000L);
    }

    @Test
    void refuses_what_is_no_duration() {
        for (String text : new String[] {"", "s", "30m", "1.5s", "-1s", "2h", "9223372036854775807h", "30 s s"}) {
            assertThatThrownBy(() -> Setting.POOL_LINGER.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("poolwright.pool.linger is a duration from 0 to 1h (ms, s, min, h), not \""
                            + text.trim() + "\"");
        }
    }

    @Test
    void reads_off_where_something_has_a_duration_from_which_on_it_happens() {
        assertThat(Setting.SPAN_WAIT.parse("Off")).isEqualTo(-1L);
        assertThat(Setting.SPAN_WAIT.parse("20ms")).isEqualTo(20L);
        assertThat(Setting.SPAN_WAIT.describe(-1L)).isEqualTo("off");
        assertThatThrownBy(() -> Setting.SPAN_WAIT.parse("-1"))
                .hasMessage("poolwright.span.wait is a duration from 0 to 1h (ms, s, min, h), or off, not \"-1\"");
        assertThatThrownBy(() -> Setting.POOL_LINGER.parse("off")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reads_whole_numbers_up_to_both_ends_of_their_range() {
        assertThat(Setting.POOL_SIZE.parse("1")).isEqualTo(1);
        assertThat(Setting.POOL_SIZE.parse("10000")).isEqualTo(10_000);
        assertThat(Setting.POOL_OVERFLOW.parse("-1")).isEqualTo(-1);
        for (String text : new String[] {"0", "10001", "5.0", "five", "", "99999999999999999999"}) {
            assertThatThrownBy(() -> Setting.POOL_SIZE.parse(text))
                    .as(text)
                    .hasMessage("poolwright.pool.size is a whole number from 1 to 10000, not \"" + text + "\"");
        }
    }

    @Test
    void reads_flags_and_choices_in_any_case() {
        assertThat(Setting.LEAK_TRACE.parse("False")).isFalse();
        assertThat(Setting.LEAK_TRACE.parse("true")).isTrue();
        assertThat(Setting.MODE.parse("OFF")).isEqualTo(Mode.OFF);
        assertThat(Setting.EXPORTER.parse("console")).isEqualTo(Exporter.CONSOLE);
        assertThatThrownBy(() -> Setting.LEAK_TRACE.parse("yes"))
                .hasMessage("poolwright.leak.trace is true or false, not \"yes\"");
        assertThatThrownBy(() -> Setting.EXPORTER.parse("zipkin"))
                .hasMessage("poolwright.exporter is auto, otlp, console or none, not \"zipkin\"");
    }

    @Test
    void describes_every_default_as_it_reads_it() {
        for (Setting<?> setting : Setting.all()) {
            assertThatDefaultsSurvive(setting);
        }
        assertThat(Setting.POOL_RECYCLE.describe(1_800_000L)).isEqualTo("30min");
        assertThat(Setting.POOL_RECYCLE.describe(1_500L)).isEqualTo("1500ms");
    }

    @Test
    void has_one_name_of_each_form_per_setting() {
        assertThat(Setting.POOL_CHECKOUT_TIMEOUT.name()).isEqualTo("poolwright.pool.checkoutTimeout");
        assertThat(Setting.POOL_CHECKOUT_TIMEOUT.shortName()).isEqualTo("pool.checkoutTimeout");
        assertThat(Setting.POOL_CHECKOUT_TIMEOUT.environmentName()).isEqualTo("POOLWRIGHT_POOL_CHECKOUT_TIMEOUT");
        List<String> names = new ArrayList<>();
        for (Setting<?> setting : Setting.all()) {
            names.add(setting.name());
            names.add(setting.environmentName());
        }
        assertThat(names).doesNotHaveDuplicates();
    }

    private static <T> void assertThatDefaultsSurvive(Setting<T> setting) {
        assertThat(setting.parse(setting.describe(setting.agentDefault()))).isEqualTo(setting.agentDefault());
        assertThat(setting.parse(setting.describe(setting.libraryDefault()))).isEqualTo(setting.libraryDefault());
    }
}
