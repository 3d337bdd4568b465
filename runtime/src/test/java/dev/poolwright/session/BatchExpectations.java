package dev.poolwright.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;

/** What holds of a session on every database: a table {@code entry} with a generated {@code id} and an {@code amount}. */
final class BatchExpectations {

    private BatchExpectations() {}

    static void check(SessionFactory factory, String key) throws SQLException {
        try (Session session = factory.open()) {
            for (int i = 10; i < 14; i++) {
                session.add(entry(i).set("amount", i == 11 ? null : i));
            }
            assertThat(session.flush().rows()).hasSize(4);
            session.commit();

            for (int i = 20; i < 24; i++) {
                session.add(entry(i == 22 ? 10 : i).set("amount", i));
            }
            assertThatThrownBy(session::commit).isInstanceOfSatisfying(FlushException.class, failed -> {
                assertThat(failed.index()).isEqualTo(2);
                assertThat(failed.getSQLState()).startsWith("23");
                assertThat(failed.getMessage()).contains("change 2 of 4");
            });
            session.rollback();

            session.add(Change.update("entry").set("amount", null).where("id", 10));
            session.add(Change.delete("entry").where("id", 12));
            assertThat(session.flush().rows()).isEqualTo(List.of(1L, 1L));
            for (int i = 0; i < 3; i++) {
                session.add(Change.insert("entry").set("amount", 1).returning(key));
            }
            assertThat(session.flush().keys()).hasSize(3).doesNotHaveDuplicates();
            session.commit();
        }
    }

    private static Change entry(int id) {
        return Change.insert("entry").set("id", id);
    }
}
