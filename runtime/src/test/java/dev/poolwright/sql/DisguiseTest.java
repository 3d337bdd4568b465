package dev.poolwright.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes a session is seen to do so however it is written: in any case, with any blanks and comments. */
class DisguiseTest {

    private static final int DISGUISES = 60;

    /** Texts in quotes, and what is between them. */
    private static final Pattern PIECES =
            Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`|\\$\\$.*?\\$\\$|\\[[^\\]]*\\]|[^'\"`$\\[]+|.");

    private static final Pattern HAS_COMMENT =
            Pattern.compile("[^\\x00-\\x7f]|--|/\\*|#|//|\\\\|\\n|'[^']*$|^[eEuUqQ]?&?'");

    static Stream<Arguments> texts() {
        return CorpusTest.texts()
                .filter(each ->
                        List.of("dirty", "plans", "keeps", "catalog", "close").contains((String) each.get()[1]))
                .filter(each -> !HAS_COMMENT.matcher((String) each.get()[2]).find());
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("texts")
    void is_seen_through(String database, String expected, String sql) {
        Random random = new Random(sql.hashCode());
        Verdicts verdicts = new Verdicts(CorpusTest.SYNTAXES.get(database));
        int plain = verdicts.of(sql).bits();
        for (int i = 0; i < DISGUISES; i++) {
            String disguised = disguise(sql, random);

            Verdict verdict = verdicts.of(disguised);

            assertThat(verdict.bits() & plain & Verdict.DIRTY)
                    .as(verdict + ": " + disguised)
                    .isEqualTo(plain & Verdict.DIRTY);
        }
    }

    private static String disguise(String sql, Random random) {
        StringBuilder made = new StringBuilder(random.nextInt(3) == 0 ? blank(random) : "");
        Matcher pieces = PIECES.matcher(sql);
        while (pieces.find()) {
            String piece = pieces.group();
            made.append("'\"`$[".indexOf(piece.charAt(0)) >= 0 ? piece : outside(piece, random));
        }
        return made + (random.nextInt(3) == 0 ? blank(random) : "") + (random.nextInt(4) == 0 ? ";" : "");
    }

    private static String outside(String piece, Random random) {
        StringBuilder made = new StringBuilder();
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (c == ' ') {
                made.append(blank(random));
            } else if (c == '(' && random.nextInt(3) == 0) {
                made.append(blank(random)).append(c);
            } else {
                made.append(
                        random.nextBoolean()
                                ? String.valueOf(c).toUpperCase(Locale.ROOT)
                                : String.valueOf(c).toLowerCase(Locale.ROOT));
            }
        }
        return made.toString();
    }

    private static String blank(Random random) {
        StringBuilder made = new StringBuilder();
        do {
            made.append(
                    switch (random.nextInt(7)) {
                        case 0 -> "\t";
                        case 1 -> "\n";
                        case 2 -> "\r\n";
                        case 3 -> "/* select 1 */";
                        case 4 -> "/*'*/";
                        case 5 -> " -- it's ;\n";
                        default -> "  ";
                    });
        } while (random.nextInt(3) == 0);
        return made.toString();
    }
}
