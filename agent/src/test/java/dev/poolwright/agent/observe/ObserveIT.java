package dev.poolwright.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.observed.Shop;
import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent keeps nothing, and says what it would have kept. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class ObserveIT {

    private static final String CONNECTS = "at most 3 at once, ";
    private static final String POOLED = "a pool of 5 would have opened 3 instead";
    private static final String RESETS = ": 1 would have been reset, because of {setting: SET @tenant=1}";

    private final Path jdk;

    @TempDir
    Path folder;

    ObserveIT(Path jdk) {
        this.jdk = jdk;
    }

    private ForkedJvm.Outcome shop(String arguments) throws Exception {
        ForkedJvm jvm = ForkedJvm.on(jdk).classPathOf(Driver.class);
        return (arguments.isEmpty() ? jvm : jvm.agent(arguments)).run(Shop.class);
    }

    @Test
    void keeps_no_connection_and_tells_on_stderr_what_a_pool_would_have_spared() throws Exception {
        ForkedJvm.Outcome plain = shop("");
        ForkedJvm.Outcome observed = shop("mode=observe,observe.report=stderr");

        assertThat(observed.out()).isEqualTo(plain.out());
        assertThat(observed.err().lines()).hasSize(2);
        assertThat(observed.err())
                .contains("[poolwright] observed h2:mem:shop@sa: 12 connects in ")
                .contains(CONNECTS)
                .contains(POOLED)
                .contains(RESETS)
                .doesNotContain("secret");
    }

    @Test
    void tells_it_in_the_log_and_nowhere_else_unless_asked() throws Exception {
        Path log = folder.resolve("poolwright.log");
        ForkedJvm.Outcome observed = shop("mode=observe,log=" + log);

        assertThat(observed.err()).isEmpty();
        assertThat(Files.readString(log)).contains(CONNECTS).contains(POOLED).contains(RESETS);
    }
}
