package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EngineNamesTest {

    @Test
    void tell_engines_of_the_same_database_apart() {
        try (Engine first = Engine.builder("jdbc:h2:mem:names").build();
                Engine second = Engine.builder("jdbc:h2:mem:names").build()) {
            assertThat(first.info().name()).isEqualTo("h2:mem:names");
            assertThat(second.info().name()).isEqualTo("h2:mem:names#2");
        }
    }

    @Test
    void leave_it_to_the_drivers_to_refuse_a_url() {
        try (Engine engine = Engine.builder("orders").build()) {
            assertThatThrownBy(engine::getConnection).hasMessageContaining("No suitable driver");
        }
    }
}
