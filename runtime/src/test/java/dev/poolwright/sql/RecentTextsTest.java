package dev.poolwright.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.sql.database.PostgresSyntax;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTextsTest {

    private final Verdicts all = new Verdicts(new PostgresSyntax());
    private final RecentTexts recent = new RecentTexts();

    @Test
    void gives_the_verdict_that_all_connections_share_and_knows_the_last_text() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 2_000; i++) {
                String sql = i % 3 == 0 ? "set statement_timeout = " + i : "select " + i;

                Verdict given = recent.of(sql, all);

                assertThat(given.sql).isEqualTo(sql);
                assertThat(given.isDirty()).isEqualTo(i % 3 == 0);
                assertThat(recent.last()).isSameAs(given);
            }
        }
    }

    @Test
    void keeps_texts_apart_whose_hash_is_the_same() {
        // "Aa" and "BB" have one hash.
        String[] texts = {"set AaAa = 1", "select BBBB", "set BBBB = 1", "select AaAa", "set AaBB = 1", "select AaBB"};

        for (int i = 0; i < 10; i++) {
            for (String text : texts) {
                assertThat(recent.of(text, all).isDirty()).as(text).isEqualTo(text.startsWith("set"));
                assertThat(recent.last().sql).isEqualTo(text);
            }
        }
    }

    @Test
    void keeps_one_text_only_of_those_that_are_new_each_time() {
        List<WeakReference<String>> texts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String longOne = "insert into entry values (" + i + ", '" + "x".repeat(3_000) + "')";
            texts.add(new WeakReference<>(longOne));
            recent.of(longOne, all);
        }

        System.gc();

        assertThat(texts.stream().filter(text -> text.get() != null)).hasSizeLessThanOrEqualTo(1);
        assertThat(recent.last().sql).startsWith("insert into entry values (999,");
    }

    @Test
    void has_no_last_text_until_one_is_given_again() {
        assertThat(recent.last()).isNull();

        Verdict first = recent.of("select 1", all);
        recent.noLast();

        assertThat(recent.last()).isNull();
        assertThat(recent.of(new String("select 1"), all)).isSameAs(first);
        assertThat(recent.last()).isSameAs(first);
    }
}
