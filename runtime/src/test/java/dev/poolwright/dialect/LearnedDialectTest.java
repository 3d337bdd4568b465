package dev.poolwright.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnedDialectTest {

    @Test
    void asks_the_known_one_whatever_a_dialect_can_be_asked() throws Exception {
        List<String> own = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (Method method : Dialect.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())) {
                all.add(method.getName());
                Class<?> declares = LearnedDialect.class
                        .getMethod(method.getName(), method.getParameterTypes())
                        .getDeclaringClass();
                if (declares == LearnedDialect.class) {
                    own.add(method.getName());
                }
            }
        }
        assertThat(own).containsExactlyElementsOf(all).isNotEmpty();
    }

    @Test
    void is_the_generic_one_until_a_connection_is_open() {
        assertThat(new LearnedDialect().system()).isEqualTo("other_sql");
    }
}
