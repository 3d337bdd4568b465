package dev.poolwright.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.sql.database.MySqlSyntax;
import dev.poolwright.sql.database.PostgresSyntax;
import org.junit.jupiter.api.Test;

class VerdictsTest {

    private final Verdicts verdicts = new Verdicts(new PostgresSyntax());

    @Test
    void knows_a_text_again_by_its_object_and_by_its_characters() {
        String sql = "set statement_timeout = 1";

        Verdict first = verdicts.of(sql);

        assertThat(verdicts.of(sql)).isSameAs(first);
        assertThat(verdicts.of(new String(sql))).isSameAs(first);
    }

    @Test
    void keeps_texts_apart_whose_hash_is_the_same() {
        // "Aa" and "BB" have one hash.
        String[] texts = {
            "set Aa = 1", "set BB = 1", "select Aa", "select BB", "select AaAa", "select BBBB", "select AaBB"
        };

        for (int i = 0; i < 10; i++) {
            for (String text : texts) {
                assertThat(verdicts.of(text).isDirty()).as(text).isEqualTo(text.startsWith("set"));
            }
        }
    }

    @Test
    void reads_the_texts_of_an_application_once() {
        Verdict[] first = new Verdict[200];
        for (int i = 0; i < first.length; i++) {
            first[i] = verdicts.of("set statement_timeout = " + i);
        }

        int known = 0;
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < first.length; i++) {
                known += verdicts.of("set statement_timeout = " + i) == first[i] ? 1 : 0;
            }
        }

        assertThat(known).isEqualTo(3 * first.length);
    }

    @Test
    void forgets_texts_rather_than_grow() {
        for (int i = 0; i < 20_000; i++) {
            assertThat(verdicts.of("select " + i).isDirty()).isFalse();
            assertThat(verdicts.of("set statement_timeout = " + i).isDirty()).isTrue();
        }
    }

    @Test
    void says_why_without_anything_that_could_be_data() {
        assertThat(what("SET search_path TO bob")).isEqualTo("SET search_path");
        assertThat(what("set app.tenant = 'bob'")).isEqualTo("set app.tenant");
        assertThat(what("select a, 'bob' from t where public.next_invoice('bob') = 4711"))
                .isEqualTo("next_invoice()");
        assertThat(what("alter user scott identified by tiger")).isEqualTo("alter user scott identified");
        assertThat(what("alter user scott with encrypted password 'tiger'"))
                .isEqualTo("alter user scott with encrypted password");
        assertThat(what("{call book(?, 'bob')}")).isEqualTo("call book");
        assertThat(what("create table \"bob\" (a int)")).isEqualTo("create table");
        assertThat(what("'bob'")).isEqualTo("?");
        assertThat(new Verdicts(new MySqlSyntax()).of("set @tenant = \"bob\"").what())
                .isEqualTo("set @tenant");
    }

    private String what(String sql) {
        return verdicts.of(sql).what();
    }
}
