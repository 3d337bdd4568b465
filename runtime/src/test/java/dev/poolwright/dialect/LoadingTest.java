package dev.poolwright.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadingTest {

    @Test
    void an_application_pays_for_the_dialects_of_the_urls_it_uses() throws Exception {
        Recording loader = new Recording();
        Class<?> dialects = Class.forName("dev.poolwright.dialect.Dialects", true, loader);
        dialects.getMethod("forUrl", String.class).invoke(null, "jdbc:h2:mem:x");

        assertThat(loader.loaded).containsExactly("Dialects", "Dialect", "H2Dialect");

        dialects.getMethod("forUrl", String.class).invoke(null, "jdbc:nosuch:x");
        assertThat(loader.loaded).endsWith("GenericDialect").hasSize(4);
    }

    /** Defines the classes of this package itself, and remembers them. */
    private static final class Recording extends ClassLoader {

        private static final String PACKAGE = "dev.poolwright.dialect.";

        private final List<String> loaded = new ArrayList<>();

        Recording() {
            super(LoadingTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                loaded.add(name.substring(PACKAGE.length()));
                return defineClass(name, bytes, 0, bytes.length);
            } catch (java.io.IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
