package dev.poolwright.agent;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;

/** The libraries the tests were started with, for programs that need many of them. */
public final class TestClassPath {

    private TestClassPath() {}

    /** All of them, without the folders of classes. */
    public static Path[] jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(element -> element.endsWith(".jar"))
                .map(Path::of)
                .toArray(Path[]::new);
    }

    /** Those whose file name starts with one of these. */
    public static Path[] jars(String... names) {
        return Arrays.stream(jars())
                .filter(jar -> Arrays.stream(names).anyMatch(jar.getFileName().toString()::startsWith))
                .toArray(Path[]::new);
    }
}
