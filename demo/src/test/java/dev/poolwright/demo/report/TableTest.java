package dev.poolwright.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void fits_one_screen_of_eighty_columns() {
        List<String> table = Table.of(Runs.before(), Runs.after());

        assertThat(table)
                .hasSizeLessThan(20)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void says_what_the_database_counted_and_names_the_leaking_line() {
        assertThat(Table.of(Runs.before(), Runs.after()))
                .contains("  Connections opened               4,805           9  counted by the database")
                .contains("  Left open 5 s after the work         0           0  besides 5 idle in the pool")
                .contains("        40  " + Runs.SITE)
                .contains("     2,400  Session.flush");
    }
}
