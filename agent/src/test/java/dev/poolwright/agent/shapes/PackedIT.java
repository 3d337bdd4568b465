package dev.poolwright.agent.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.shapes.OsgiRun;
import com.acme.shapes.Shop;
import com.acme.shapes.ShopBundle;
import com.acme.shapes.ShopServlet;
import com.acme.shapes.WebServerRun;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.TestClassPath;
import dev.poolwright.agent.behaviour.SideBySide;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.ModuleVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.apache.felix.framework.FrameworkFactory;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.loader.launch.JarLauncher;

/** The same application however it is packed: it prints the same, and its connections are pooled. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class PackedIT {

    private static final Path DRIVER = ForkedJvm.home(Driver.class);

    private final Path jdk;

    @TempDir
    Path folder;

    PackedIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void a_spring_boot_jar_is_pooled() throws Exception {
        Path jar = new ApplicationJar()
                .manifest("Main-Class", JarLauncher.class.getName())
                .manifest("Start-Class", Shop.class.getName())
                .manifest("Spring-Boot-Classes", "BOOT-INF/classes/")
                .manifest("Spring-Boot-Lib", "BOOT-INF/lib/")
                .contents(ForkedJvm.home(JarLauncher.class))
                .entry("BOOT-INF/classes/", new byte[0])
                .entry("BOOT-INF/lib/", new byte[0])
                .shop("BOOT-INF/classes/", Shop.class)
                .library("BOOT-INF/lib/", DRIVER)
                .write(folder.resolve("application.jar"));

        SideBySide runs = SideBySide.run(jdk, (jvm, name) -> jvm.runJar(jar));

        runs.assertQuiet();
        assertPooled(runs, "shop");
    }

    @Test
    void bundles_of_an_osgi_framework_are_pooled() throws Exception {
        Path bundle = new ApplicationJar()
                .manifest("Bundle-ManifestVersion", "2")
                .manifest("Bundle-SymbolicName", "com.acme.shop")
                .manifest("Bundle-Version", "1.0.0")
                .manifest("Bundle-Activator", ShopBundle.class.getName())
                .manifest("Import-Package", "javax.sql,org.h2,org.h2.jdbcx,org.osgi.framework")
                .shop("", Shop.class, ShopBundle.class)
                .write(folder.resolve("shop.jar"));

        SideBySide runs = SideBySide.run(
                jdk,
                (jvm, name) -> jvm.classPathOf(FrameworkFactory.class)
                        .run(OsgiRun.class, folder.resolve(name).toString(), DRIVER.toString(), bundle.toString()));

        runs.assertQuiet();
        assertPooled(runs, "shop");
    }

    @Test
    void a_module_that_reads_its_driver_is_pooled() throws Exception {
        Path application = new ApplicationJar()
                .entry("module-info.class", module())
                .shop("", Shop.class)
                .write(folder.resolve("shop.jar"));

        SideBySide runs = SideBySide.run(
                jdk,
                (jvm, name) -> jvm.option("-p", application + File.pathSeparator + DRIVER)
                        .runModule("com.acme.shop", Shop.class));

        runs.assertQuiet();
        assertPooled(runs, "shop");
    }

    /** {@code module com.acme.shop { requires java.sql; requires com.h2database; }}. */
    private static byte[] module() {
        ClassWriter file = new ClassWriter(0);
        file.visit(Opcodes.V17, Opcodes.ACC_MODULE, "module-info", null, null, null);
        ModuleVisitor module = file.visitModule("com.acme.shop", 0, null);
        module.visitRequire("java.base", Opcodes.ACC_MANDATED, null);
        module.visitRequire("java.sql", 0, null);
        module.visitRequire("com.h2database", 0, null);
        module.visitEnd();
        file.visitEnd();
        return file.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty"})
    void web_applications_are_pooled_and_leave_nothing_behind(String server) throws Exception {
        Path own = war().library("WEB-INF/lib/", DRIVER).write(folder.resolve("own.war"));
        Path shared = war().write(folder.resolve("shared.war"));

        SideBySide runs = SideBySide.run(
                jdk,
                (jvm, name) -> jvm.option("-Xmx96m", "-XX:SoftRefLRUPolicyMSPerMB=0")
                        .classPath(TestClassPath.jars("tomcat-", "jetty-", "jakarta.servlet", "slf4j-"))
                        .classPath(DRIVER)
                        .run(
                                WebServerRun.class,
                                server,
                                Files.createDirectory(folder.resolve(name)).toString(),
                                own.toString(),
                                shared.toString()));

        runs.assertQuiet();
        assertThat(runs.withAgent("server"))
                .contains(
                        "server | own: with a driver of its own",
                        "server | shared: with the server's driver",
                        "server | the classes of the first are gone: true");
        runs.assertSame("server");
        assertPooled(runs, "own");
        assertPooled(runs, "shared");
    }

    private static ApplicationJar war() throws Exception {
        return new ApplicationJar()
                .shop("WEB-INF/classes/", Shop.class, ShopServlet.class)
                .entry("WEB-INF/web.xml", """
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
                          <servlet>
                            <servlet-name>shop</servlet-name>
                            <servlet-class>com.acme.shapes.ShopServlet</servlet-class>
                          </servlet>
                          <servlet-mapping>
                            <servlet-name>shop</servlet-name>
                            <url-pattern>/shop</url-pattern>
                          </servlet-mapping>
                        </web-app>
                        """.getBytes(StandardCharsets.UTF_8));
    }

    /** Whatever a run prints, it prints without the agent too; but it needs fewer sessions. */
    static void assertPooled(SideBySide runs, String section) {
        runs.assertSame(section);
        assertThat(runs.countWithout(section, "sessions")).isEqualTo(10);
        assertThat(runs.countWith(section, "sessions")).isEqualTo(1);
        assertThat(runs.countWith(section, "sessions by data source")).isEqualTo(1);
    }
}
