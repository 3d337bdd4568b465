package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Wrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandleIdentityTest {

    private final Engine engine =
            Engine.builder("jdbc:h2:mem:identity;DB_CLOSE_DELAY=-1").build();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void everything_that_knows_its_connection_names_the_handle() throws Exception {
        try (Connection c = engine.getConnection()) {
            Statement st = c.createStatement();
            PreparedStatement ps = c.prepareStatement("select 1");
            DatabaseMetaData md = c.getMetaData();
            ResultSet rs = ps.executeQuery();

            assertThat(st.getConnection()).isSameAs(c);
            assertThat(ps.getConnection()).isSameAs(c);
            assertThat(md.getConnection()).isSameAs(c);
            assertThat(rs.getStatement()).isSameAs(ps);
            assertThat(rs.getStatement().getConnection()).isSameAs(c);
            assertThat(c.unwrap(Connection.class)).isSameAs(c);
            assertThat(ps.unwrap(PreparedStatement.class)).isSameAs(ps);
            assertThat(rs.unwrap(ResultSet.class)).isSameAs(rs);
            assertThat(c.unwrap(Wrapper.class)).isSameAs(c);
        }
    }

    @Test
    void results_of_a_statement_are_the_same_object_when_asked_twice() throws Exception {
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement()) {
            st.execute("select 1");
            ResultSet first = st.getResultSet();
            assertThat(st.getResultSet()).isSameAs(first);
            assertThat(first.getStatement()).isSameAs(st);
        }
    }

    @Test
    void the_result_of_an_execution_is_what_is_got_from_the_statement_afterwards() throws Exception {
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement();
                PreparedStatement ps = c.prepareStatement("select 1")) {
            for (int i = 0; i < 2; i++) {
                ResultSet first = st.executeQuery("select 1");
                assertThat(st.getResultSet()).isSameAs(first);
                assertThat(st.getResultSet()).isSameAs(first);
                ResultSet prepared = ps.executeQuery();
                assertThat(ps.getResultSet()).isSameAs(prepared);
            }
            ResultSet first = st.executeQuery("select 1");
            assertThat(st.executeQuery("select 1")).isNotSameAs(first);
            assertThat(st.getMoreResults()).isFalse();
            assertThat(st.getResultSet()).isNull();
        }
    }

    @Test
    void generated_keys_are_the_same_object_when_asked_twice() throws Exception {
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement()) {
            st.execute("create table keyed (id int generated always as identity, n int)");
            st.executeUpdate("insert into keyed (n) values (1)", Statement.RETURN_GENERATED_KEYS);
            ResultSet keys = st.getGeneratedKeys();
            assertThat(st.getGeneratedKeys()).isSameAs(keys);
            assertThat(keys.getStatement().getConnection()).isSameAs(c);
            st.executeUpdate("insert into keyed (n) values (2)", Statement.RETURN_GENERATED_KEYS);
            assertThat(st.getGeneratedKeys()).isNotSameAs(keys);
        }
    }

    @Test
    void an_array_and_its_rows_lead_back_to_the_handle() throws Exception {
        try (Connection c = engine.getConnection()) {
            Array array = c.createArrayOf("INTEGER", new Object[] {1, 2});
            try (PreparedStatement ps = c.prepareStatement("select cast(? as integer array)")) {
                ps.setArray(1, array);
                try (ResultSet rs = ps.executeQuery()) {
                    rs.next();
                    Array back = rs.getArray(1);
                    assertThat((Object[]) back.getArray()).containsExactly(1, 2);
                    assertThat(back).isInstanceOf(ValueHandle.class);
                    assertThat(rs.getObject(1)).isInstanceOf(ValueHandle.class);
                }
            }
        }
    }

    @Test
    void a_description_cannot_be_freed() throws Exception {
        try (Connection c = engine.getConnection();
                ResultSet rs = c.createStatement().executeQuery("select 1")) {
            assertThat(rs.getMetaData().getClass().getMethods())
                    .noneMatch(m -> m.getName().equals("free"));
            assertThat(c.createClob().getClass().getMethods())
                    .anyMatch(m -> m.getName().equals("free"));
        }
    }

    @Test
    void a_handle_is_new_at_every_borrow_although_the_connection_is_the_same() throws Exception {
        Connection first = engine.getConnection();
        first.close();
        Connection second = engine.getConnection();
        assertThat(second).isNotSameAs(first);
        assertThat(second.toString()).isEqualTo(first.toString());
        second.close();
        assertThat(engine.stats().opened()).isEqualTo(1);
    }

    @Test
    void methods_newer_than_this_code_reach_the_driver() throws Exception {
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement()) {
            assertThat(st.enquoteLiteral("it's")).isEqualTo("'it''s'");
            c.beginRequest();
            c.endRequest();
        }
    }
}
