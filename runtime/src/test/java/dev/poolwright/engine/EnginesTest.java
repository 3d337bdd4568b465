package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.config.Settings;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnginesTest {

    private static final String URL = "jdbc:h2:mem:engines;DB_CLOSE_DELAY=-1";

    private final Engines engines =
            new Engines(Settings.forLibrary(new Properties(), Collections.emptyMap()), leak -> {});

    @AfterEach
    void close() {
        engines.driversChanged();
    }

    @Test
    void callers_of_one_class_loader_share_an_engine() {
        ClassLoader application = new URLClassLoader(new URL[0]);
        Engine made = engines.findOrMake(key(application), URL, null);

        assertThat(engines.find(key(application))).isSameAs(made);
        assertThat(engines.find(key(new URLClassLoader(new URL[0])))).isNull();
        assertThat(engines.find(key(null))).isNull();
    }

    @Test
    void an_application_that_is_gone_is_not_kept_by_its_engine() throws Exception {
        WeakReference<ClassLoader> application = new WeakReference<>(new URLClassLoader(new URL[0]));
        engines.findOrMake(key(application.get()), URL, null);
        for (int i = 0; i < 100 && application.get() != null; i++) {
            System.gc();
            Thread.sleep(5);
        }
        assertThat(application.get()).isNull();
        assertThat(engines.find(key(null))).isNull();
        assertThat(engines.all()).hasSize(1);
        engines.driversChanged();
        assertThat(engines.all()).isEmpty();
    }

    private static EngineKey key(ClassLoader loader) {
        return EngineKey.ofDriverManager(URL, null, loader);
    }
}
