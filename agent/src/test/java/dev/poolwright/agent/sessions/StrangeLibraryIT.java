package dev.poolwright.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.sessions.StrangeLibrary;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Path;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes of the right names and of wrong signatures: that library is left alone, with one line, and no more. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class StrangeLibraryIT {

    private static final String SESSION = "org.apache.ibatis.session.defaults.DefaultSqlSession";
    private static final String EXECUTOR = "org.apache.ibatis.executor.BatchExecutor";

    private final Path jdk;

    @TempDir
    Path folder;

    StrangeLibraryIT(Path jdk) {
        this.jdk = jdk;
    }

    private void make(String name) throws Exception {
        new ByteBuddy()
                .subclass(Object.class)
                .name(name)
                .method(ElementMatchers.isToString())
                .intercept(FixedValue.value("strange"))
                .defineMethod("commit", String.class, Visibility.PUBLIC)
                .intercept(FixedValue.value("not that one"))
                .make()
                .saveIn(folder.toFile());
    }

    @Test
    void is_left_alone_with_one_line_and_the_application_goes_on() throws Exception {
        make(SESSION);
        make(EXECUTOR);

        ForkedJvm.Outcome outcome = SideBySide.quick(jdk)
                .agent()
                .classPath(folder)
                .classPathOf(Driver.class)
                .run(StrangeLibrary.class, SESSION, EXECUTOR);

        assertThat(outcome.out().lines()).containsExactly("strange", "strange", "false");
        assertThat(outcome.err().lines())
                .singleElement()
                .asString()
                .startsWith("[poolwright] WARN mybatis: its sessions and flushes are not watched, " + SESSION
                        + " is not as we know it: ")
                .endsWith("no method close()V");
        assertThat(outcome.exitCode()).isZero();
    }
}
