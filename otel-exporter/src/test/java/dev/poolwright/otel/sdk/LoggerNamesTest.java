package dev.poolwright.otel.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class LoggerNamesTest {

    /** Their loggers are named by other classes. */
    private static final Set<String> NAMED_OTHERWISE =
            Set.of("common.impl.ApiUsageLogger", "sdk.common.internal.ThrottlingLogger");

    @Test
    void knows_every_class_of_the_libraries_that_has_a_logger() throws Exception {
        Set<String> loggers = new TreeSet<>();
        for (String jar : System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1)) {
            if (jar.matches(".*opentelemetry-(?!sdk-testing|proto).*\\.jar")) {
                addLoggers(jar, loggers);
            }
        }

        assertThat(loggers).hasSizeGreaterThan(30);
        loggers.removeAll(NAMED_OTHERWISE);
        assertThat(LoggerNames.ALL).containsAll(loggers);
    }

    private static void addLoggers(String path, Set<String> loggers) throws IOException {
        try (JarFile jar = new JarFile(path)) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().matches("io/opentelemetry/[^$]*(\\$.*)?\\.class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        String constants = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                        if (constants.contains("java/util/logging/Logger")) {
                            loggers.add(entry.getName()
                                    .replaceAll("(\\$.*)?\\.class$", "")
                                    .replace('/', '.')
                                    .substring(LoggerNames.PREFIX.length()));
                        }
                    }
                }
            }
        }
    }

    @Test
    void finds_the_libraries_as_jars() {
        URL api = OpenTelemetry.class.getProtectionDomain().getCodeSource().getLocation();
        assertThat(api.getPath()).endsWith(".jar");
    }
}
