package com.acme.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each piece of Java that the documents show stands, but for spaces, between {@code // docs} and {@code // end} in a test. */
class DocumentsTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION =
            Pattern.compile("^ *// docs\\b[^\n]*\n(.*?)^ *// end$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern JAVADOC = Pattern.compile("<pre>(?:\\{@code)?(.*?)}?</pre>", Pattern.DOTALL);

    private static final Path ROOT = Path.of("..");
    private static final Path MAIN = Path.of("src/main/java/dev/poolwright");

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.group(1).replaceAll("\\s+", ""));
        }
        return found;
    }

    private static List<Path> java(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(each -> each.toString().endsWith(".java")).toList();
        }
    }

    private static List<String> run() throws IOException {
        List<String> all = new ArrayList<>();
        for (Path test : java(Path.of("src/test/java/com/acme"))) {
            all.addAll(all(REGION, Files.readString(test)));
        }
        return all;
    }

    @Test
    void show_what_is_run() throws IOException {
        List<String> run = run();
        for (String document : List.of("README.md", "docs/library.md")) {
            assertThat(all(BLOCK, Files.readString(ROOT.resolve(document))))
                    .as(document)
                    .isNotEmpty()
                    .isSubsetOf(run);
        }
    }

    @Test
    void of_the_api_show_what_is_run() throws IOException {
        List<String> run = run();
        for (String exported : List.of("config", "engine", "event", "session")) {
            for (Path source : java(MAIN.resolve(exported))) {
                assertThat(run)
                        .as(source.toString())
                        .containsAll(all(JAVADOC, Files.readString(source).replaceAll("(?m)^ +\\*", "")));
            }
        }
    }
}
