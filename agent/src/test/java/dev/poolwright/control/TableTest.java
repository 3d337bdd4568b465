package dev.poolwright.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an application may name as it likes comes to a terminal, or to a program, as text. */
class TableTest {

    private static final String HOSTILE = "a\u001b[2Jb\r\n\u202ec\"\\";

    @Test
    void numbers_are_on_the_right() {
        Table table = new Table("NAME", "COUNT");
        table.row("long name", 7);
        table.row("b", 1234);
        StringBuilder out = new StringBuilder();

        table.appendTo(out);

        assertThat(out.toString()).isEqualTo("NAME       COUNT\nlong name      7\nb           1234\n");
    }

    @Test
    void no_control_character_reaches_a_terminal() {
        Table table = new Table("NAME");
        table.row(HOSTILE);
        StringBuilder out = new StringBuilder();

        table.appendTo(out);

        assertThat(out.toString()).isEqualTo("NAME\na?[2Jb? ?c\"\\\n");
    }

    @Test
    void json_escapes_what_is_no_text() {
        assertThat(Json.of(Map.of("n", List.of(HOSTILE, 1, true))))
                .isEqualTo(
                        "{\n  \"n\": [\n    \"a\\u001b[2Jb\\u000d\\u000a\u202ec\\\"\\\\\",\n    1,\n    true\n  ]\n}");
        assertThat(Json.of(List.of())).isEqualTo("[]");
    }
}
