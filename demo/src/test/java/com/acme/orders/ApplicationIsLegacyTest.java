package com.acme.orders;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ApplicationIsLegacyTest {

    private static final JavaClasses DEMO = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void the_application_knows_neither_us_nor_telemetry() {
        noClasses()
                .that()
                .resideInAPackage("com.acme..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.poolwright..", "io.opentelemetry..")
                .check(DEMO);
    }

    @Test
    void the_launcher_knows_the_application_only_from_outside() {
        noClasses()
                .that()
                .resideInAPackage("dev.poolwright.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.acme..")
                .check(DEMO);
    }

    @Test
    void nobody_calls_the_collector() {
        noClasses().should().callMethod(System.class, "gc").check(DEMO);
    }
}
