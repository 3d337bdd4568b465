package dev.poolwright.agent.sessions;

import dev.poolwright.agent.TestClassPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Class paths of libraries that are not those this test is compiled with. */
final class LibraryJars {

    private static final Path FOLDER = Path.of("target", "libraries").toAbsolutePath();

    private LibraryJars() {}

    /** Jars whose names begin so: of that folder, or, if it has none, of what the tests are compiled with. */
    static Path[] of(String... names) {
        List<Path> jars = new ArrayList<>();
        for (String name : names) {
            List<Path> found = inFolder(name);
            jars.addAll(found.isEmpty() ? List.of(TestClassPath.jars(name)) : found);
        }
        return jars.toArray(Path[]::new);
    }

    private static List<Path> inFolder(String name) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Hibernate 5.6, of javax, with H2. */
    static Path[] hibernate5() {
        return of(
                "h2-",
                "hibernate-core-5.6",
                "hibernate-commons-annotations-5",
                "javax.persistence-api",
                "jta-1.1",
                "antlr-2",
                "dom4j-1",
                "jandex-2",
                "classmate",
                "jaxb-api-2",
                "byte-buddy",
                "jboss-logging");
    }

    /** Hibernate 6.6, of jakarta, with H2. */
    static Path[] hibernate6() {
        return of(
                "h2-",
                "hibernate-core-6",
                "hibernate-commons-annotations-7",
                "jakarta.persistence-api-3.1",
                "jakarta.transaction",
                "jakarta.xml",
                "jakarta.inject",
                "jakarta.activation",
                "angus",
                "jaxb-runtime-4",
                "jaxb-core-4",
                "txw2-4",
                "istack",
                "antlr4-runtime",
                "classmate",
                "jandex-3",
                "byte-buddy",
                "jboss-logging");
    }

    /** Spring with its transactions, of a version. */
    static Path[] spring(String version) {
        return of(Stream.of("core", "beans", "context", "tx", "jdbc", "orm", "aop", "expression", "jcl")
                .map(name -> "spring-" + name + "-" + version)
                .toArray(String[]::new));
    }
}
