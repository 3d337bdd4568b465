package dev.poolwright.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.sql.database.H2Syntax;
import dev.poolwright.sql.database.MySqlSyntax;
import dev.poolwright.sql.database.PostgresSyntax;
import org.junit.jupiter.api.Test;

/** What of a text may be shown: never anything that could be data. */
class ShownTest {

    @Test
    void leaves_names_and_hides_literals() {
        assertThat(Shown.of(new H2Syntax(), "select a.b, 'x', 12, 1.5e3 from t /* c */ where d >= -1 -- e"))
                .isEqualTo("select a.b, ?, ?, ? from t where d >= -?");
        assertThat(Shown.of(new PostgresSyntax(), "select E'a\\nb', $$secret$$, $1, x::int"))
                .startsWith("select ?, ?, ")
                .doesNotContain("secret")
                .endsWith("x::int");
    }

    @Test
    void takes_double_quotes_for_data_and_back_ticks_for_names() {
        assertThat(Shown.of(new MySqlSyntax(), "select \"secret\", `name`")).isEqualTo("select ?, `name`");
    }

    @Test
    void ends_where_it_does_not_understand() {
        assertThat(Shown.of(new MySqlSyntax(), "select 'it\\'s secret'")).isEqualTo("select ...");
        assertThat(Shown.of(new H2Syntax(), "select 'secret")).isEqualTo("select ...");
        assertThat(Shown.of(new H2Syntax(), "\\secret")).isEqualTo("...");
        assertThat(Shown.of(new H2Syntax(), "")).isEmpty();
    }

    @Test
    void is_not_endless() {
        assertThat(Shown.of(new H2Syntax(), "select " + "a, ".repeat(1_000))).hasSizeLessThan(220);
    }
}
