package dev.poolwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "list, --wide, list takes no --wide.",
        "list, 4711, 'list takes no \"4711\".'",
        "status, 4711 orders, 'status takes no \"orders\".'",
        "status, 4711 --wait=3, status takes no --wait=3.",
        "resize, 4711 orders=3 stock=4, 'resize takes no \"stock=4\".'",
        "resize, 4711 orders=3 --json, resize takes no --json.",
        "drain, 4711 --wiat=3, drain takes no --wiat=3.",
        "attach, 4711 --json, attach takes no --json."
    })
    void what_a_command_does_not_take_is_named(String command, String rest, String told) {
        assertThatThrownBy(() -> require(command, rest))
                .hasMessageStartingWith(told)
                .isInstanceOfSatisfying(
                        AskException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.USAGE));
    }

    @ParameterizedTest
    @CsvSource({
        "list, --json",
        "status, --json 4711",
        "holders, 4711 --watch=2 --json",
        "drain, 4711 orders --wait=3",
        "resize, 4711 orders=3+4",
        "set, 4711 pool.size=3 pool.overflow=4"
    })
    void what_it_takes_is_taken_wherever_it_stands(String command, String rest) {
        assertThatCode(() -> require(command, rest)).doesNotThrowAnyException();
    }

    private static void require(String command, String rest) throws AskException {
        Words.require(command, List.of("status", "holders").contains(command), List.of(rest.split(" ")));
    }

    @Test
    void settings_to_attach_with_are_looked_at_before_the_jvm_is() throws AskException {
        assertThat(Words.agentArguments(List.of("pool.size=3", "engine.a.match=jdbc:a,b", "config=/not/here")))
                .isEqualTo("pool.size=3,engine.a.match=\"jdbc:a,b\",config=/not/here");
        assertThatThrownBy(() -> Words.agentArguments(List.of("pool.size=3", "pool.sise=4")))
                .hasMessageContainingAll("pool.sise", "pool.size", "Nothing was attached.")
                .isInstanceOfSatisfying(
                        AskException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.REFUSED));
        assertThatThrownBy(() -> Words.agentArguments(List.of("pool.size=many")))
                .hasMessageContaining("many");
        assertThatThrownBy(() -> Words.agentArguments(List.of("quickly"))).hasMessageContaining("name=value");
    }
}
