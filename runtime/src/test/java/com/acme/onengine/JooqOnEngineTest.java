package com.acme.onengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import dev.poolwright.engine.Engine;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

class JooqOnEngineTest {

    @Test
    void commits_rolls_back_and_gives_each_connection_back() {
        try (Engine engine =
                Engine.builder("jdbc:h2:mem:jooq;DB_CLOSE_DELAY=-1").build()) {
            DSLContext create = DSL.using(engine, SQLDialect.H2);
            create.execute("create table item (id int primary key)");
            create.transaction(inside -> DSL.using(inside)
                    .insertInto(table("item"), field("id", Integer.class))
                    .values(1)
                    .execute());
            assertThatThrownBy(() -> create.transaction(inside -> {
                        DSL.using(inside).execute("insert into item values (2)");
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(create.fetchCount(table("item"))).isEqualTo(1);
            assertThat(engine.stats().leased()).isZero();
            assertThat(engine.stats().opened()).isEqualTo(1);
            assertThat(engine.accidents()).isZero();
        }
    }
}
