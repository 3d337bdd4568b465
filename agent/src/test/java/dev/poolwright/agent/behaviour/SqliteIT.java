package dev.poolwright.agent.behaviour;

import com.acme.legacy.SqliteApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.nop.NOPServiceProvider;
import org.sqlite.JDBC;

/** A database the agent leaves alone. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class SqliteIT {

    private final Path jdk;

    @TempDir
    Path folder;

    SqliteIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void is_untouched() throws Exception {
        SideBySide runs = SideBySide.run(
                jdk,
                (jvm, name) -> jvm.classPathOf(JDBC.class, LoggerFactory.class, NOPServiceProvider.class)
                        .run(
                                SqliteApplication.class,
                                Files.createDirectory(folder.resolve(name)).toString()));

        runs.assertIdentical();
        runs.assertSame("sqlite");
    }
}
