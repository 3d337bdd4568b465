package dev.poolwright.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.config.PoolKind;
import dev.poolwright.engine.Engine;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SQLite's driver knows no SQLState, and does not tell which entry of a batch failed. */
class SessionOnSqliteTest {

    @Test
    void the_batch_that_failed_is_known_and_keys_and_nulls_work() throws SQLException {
        try (Engine engine = Engine.builder("jdbc:sqlite::memory:")
                        .kind(PoolKind.STATIC)
                        .build();
                Session session = SessionFactory.of(engine).open()) {
            session.add("create table entry (id integer primary key, amount int)")
                    .flush();
            for (int i = 10; i < 14; i++) {
                session.add(entry(i).set("amount", i == 11 ? null : i));
            }
            assertThat(session.flush().rows()).isEqualTo(List.of(1L, 1L, 1L, 1L));
            session.commit();

            for (int i = 20; i < 24; i++) {
                session.add(entry(i == 22 ? 10 : i).set("amount", i));
            }
            assertThatThrownBy(session::commit).isInstanceOfSatisfying(FlushException.class, failed -> {
                assertThat(failed.index()).isEqualTo(-1); // the driver does not say
                assertThat(failed.getMessage()).contains("one of the changes 0 to 3 of 4");
            });
            session.rollback();

            session.add(Change.update("entry").set("amount", null).where("id", 10));
            session.add(Change.delete("entry").where("id", 12));
            assertThat(session.flush().rows()).isEqualTo(List.of(1L, 1L));
            for (int i = 0; i < 3; i++) {
                session.add(Change.insert("entry").set("amount", 1).returning("id"));
            }
            assertThat(session.flush().keys()).hasSize(3).doesNotHaveDuplicates();
            session.commit();
            assertThat(engine.stats().leased()).isZero();
        }
    }

    private static Change entry(int id) {
        return Change.insert("entry").set("id", id);
    }
}
