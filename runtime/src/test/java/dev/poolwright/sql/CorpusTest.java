package dev.poolwright.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.sql.database.DerbySyntax;
import dev.poolwright.sql.database.H2Syntax;
import dev.poolwright.sql.database.MySqlSyntax;
import dev.poolwright.sql.database.OracleSyntax;
import dev.poolwright.sql.database.PostgresSyntax;
import dev.poolwright.sql.database.SqlServerSyntax;
import dev.poolwright.sql.database.StandardSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Some hundred texts per database, and what each may leave on its session. They stand in files beside this class. */
class CorpusTest {

    static final Map<String, Syntax> SYNTAXES = new TreeMap<>(Map.of(
            "postgresql", new PostgresSyntax(),
            "mysql", new MySqlSyntax(),
            "h2", new H2Syntax(),
            "derby", new DerbySyntax(),
            "db2", new DerbySyntax(),
            "sqlserver", new SqlServerSyntax(),
            "oracle", new OracleSyntax(),
            "standard", new StandardSyntax()));

    static Stream<Arguments> texts() {
        return SYNTAXES.keySet().stream()
                .flatMap(database -> Stream.of("all", database)
                        .flatMap(file -> lines(file).stream()
                                .map(line -> Arguments.of(database, line.substring(0, line.indexOf(' ')), sql(line)))));
    }

    /** What stands behind the first bar; {@code \r} and the like as in Java. */
    private static String sql(String line) {
        String text = line.substring(line.indexOf('|') + 1);
        return text.replace("\\r", "\r").replace("\\u212A", "\u212a").strip();
    }

    static List<String> lines(String file) {
        List<String> all = new ArrayList<>();
        try (InputStream in = CorpusTest.class.getResourceAsStream(file + ".txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith(" ")) {
                    all.set(all.size() - 1, all.get(all.size() - 1) + "\n" + line);
                } else if (!line.startsWith("#")) {
                    all.add(line);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return all;
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("texts")
    void is_read_as(String database, String expected, String sql) {
        Verdict verdict = new Verdicts(SYNTAXES.get(database)).of(sql);

        int bits = verdict.bits();
        boolean holds = switch (expected) {
            case "clean" -> bits == 0;
            case "makes" -> !verdict.isDirty() && (bits & Verdict.MAKES_KEYS) != 0;
            case "reads" -> (bits & Verdict.READS_KEYS) != 0;
            case "last" -> bits == Verdict.READS_LAST;
            case "dirty" -> verdict.isDirty();
            case "plans" -> (bits & Verdict.PLANS) != 0 && (bits & Verdict.FOR_GOOD) == 0;
            case "keeps" -> (bits & Verdict.DIRTY) == Verdict.CHANGES;
            case "catalog" -> (bits & Verdict.CATALOG) != 0;
            case "close" -> (bits & Verdict.FOR_GOOD) != 0;
            default -> throw new IllegalArgumentException(expected);
        };
        assertThat(holds).as(verdict + ": " + sql).isTrue();
        assertThat(verdict.reason() == null).isEqualTo(!verdict.isDirty());
    }
}
