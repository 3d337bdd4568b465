package dev.poolwright.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The packaged jar as a module, and what it brings along: nothing. */
class ModuleIT {

    private static Path jar() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(
                            each -> each.getFileName().toString().matches("poolwright-runtime-[^-]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void has_a_name_and_exports_what_programs_use() throws IOException {
        ModuleDescriptor module = ModuleFinder.of(jar())
                .find("dev.poolwright.runtime")
                .orElseThrow()
                .descriptor();
        assertThat(module.isAutomatic()).isFalse();
        assertThat(module.requires().stream().map(ModuleDescriptor.Requires::name))
                .containsExactlyInAnyOrder("java.base", "java.sql");
        assertThat(module.exports().stream().map(ModuleDescriptor.Exports::source))
                .containsExactlyInAnyOrder(
                        "dev.poolwright.config",
                        "dev.poolwright.engine",
                        "dev.poolwright.event",
                        "dev.poolwright.jdbc",
                        "dev.poolwright.jdbc.generate",
                        "dev.poolwright.session");
    }

    @Test
    void depends_on_three_modules_of_the_jdk_alone() throws IOException {
        assertThat(run("jdeps", "--multi-release", "9", "-s", jar().toString())
                        .lines()
                        .map(each -> each.replaceAll(".*-> ", "")))
                .containsExactlyInAnyOrder("java.base", "java.logging", "java.sql");
    }

    @Test
    void brings_no_dependency_along() throws Exception {
        NodeList all = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getElementsByTagName("dependency");
        assertThat(all.getLength()).isPositive();
        for (int i = 0; i < all.getLength(); i++) {
            Element dependency = (Element) all.item(i);
            if (!dependency.getParentNode().getParentNode().getNodeName().equals("project")) {
                continue; // of a plugin
            }
            NodeList scope = dependency.getElementsByTagName("scope");
            assertThat(scope.getLength()).as(dependency.getTextContent()).isPositive();
            assertThat(scope.item(0).getTextContent()).isIn("test", "provided");
        }
    }

    @Test
    void lends_connections_to_another_module(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("module-info.java"), "module app { requires dev.poolwright.runtime; }");
        Path main = Files.createDirectories(folder.resolve("app")).resolve("Main.java");
        Files.writeString(main, """
                package app;

                import dev.poolwright.engine.Engine;
                import dev.poolwright.jdbc.EngineConnection;
                import dev.poolwright.session.SessionFactory;
                import java.sql.Connection;

                public class Main {
                    public static void main(String[] arguments) throws Exception {
                        try (Engine engine = Engine.builder("jdbc:h2:mem:module;DB_CLOSE_DELAY=-1").build()) {
                            SessionFactory.of(engine).useSession(session -> session.add("create table t (id int)").flush());
                            try (Connection connection = engine.getConnection()) {
                                connection.createStatement().executeQuery("select * from t").next();
                                connection.unwrap(EngineConnection.class).softInvalidate();
                            }
                            System.out.print(Engine.class.getModule() + ", accidents " + engine.accidents());
                        }
                    }
                }
                """);
        Path out = folder.resolve("out");
        run(
                "javac",
                "-p",
                jar().toString(),
                "-d",
                out.toString(),
                folder.resolve("module-info.java").toString(),
                main.toString());
        String h2 = Path.of(org.h2.Driver.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        Process program = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-p",
                        String.join(System.getProperty("path.separator"), jar().toString(), out.toString(), h2),
                        "--add-modules",
                        "com.h2database",
                        "-m",
                        "app/app.Main"))
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEqualTo("module dev.poolwright.runtime, accidents 0");
    }

    private static String run(String tool, String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int code = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments);
        assertThat(code).as(out.toString()).isZero();
        return out.toString().lines().filter(each -> !each.isBlank()).collect(Collectors.joining("\n"));
    }
}
