package dev.poolwright.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.api.Test;

/** Who may use whom. The drawing is in docs/decisions.md; this is where it is kept. */
class PackagesTest {

    @Test
    void have_no_cycles() {
        slices().matching("dev.poolwright.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(ProductionClasses.ALL);
    }

    @Test
    void of_a_dialect_use_each_other_one_way() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.poolwright.dialect..")
                .layer("what the engine asks")
                .definedBy("dev.poolwright.dialect")
                .layer("clean")
                .definedBy("dev.poolwright.dialect.clean")
                .layer("driver")
                .definedBy("dev.poolwright.dialect.driver")
                .whereLayer("driver")
                .mayNotAccessAnyLayer()
                .whereLayer("clean")
                .mayOnlyAccessLayers("driver")
                .check(ProductionClasses.ALL);
    }

    @Test
    void use_each_other_only_as_drawn() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.poolwright..")
                .withOptionalLayers(true)
                .ensureAllClassesAreContainedInArchitecture()
                .layer("classfile")
                .definedBy("dev.poolwright.classfile..")
                .layer("time")
                .definedBy("dev.poolwright.time..")
                .layer("event")
                .definedBy("dev.poolwright.event..")
                .layer("config")
                .definedBy("dev.poolwright.config..")
                .layer("leak")
                .definedBy("dev.poolwright.leak..")
                .layer("house")
                .definedBy("dev.poolwright.house..")
                .layer("pool")
                .definedBy("dev.poolwright.pool..")
                .layer("sql")
                .definedBy("dev.poolwright.sql..")
                .layer("dialect")
                .definedBy("dev.poolwright.dialect..")
                .layer("jdbc")
                .definedBy("dev.poolwright.jdbc..")
                .layer("forecast")
                .definedBy("dev.poolwright.forecast..")
                .layer("session")
                .definedBy("dev.poolwright.session..")
                .layer("engine")
                .definedBy("dev.poolwright.engine..")
                .whereLayer("classfile")
                .mayNotAccessAnyLayer()
                .whereLayer("time")
                .mayNotAccessAnyLayer()
                .whereLayer("event")
                .mayOnlyAccessLayers("time")
                .whereLayer("config")
                .mayNotAccessAnyLayer()
                .whereLayer("leak")
                .mayOnlyAccessLayers("time", "event")
                .whereLayer("house")
                .mayOnlyAccessLayers("time")
                .whereLayer("pool")
                .mayOnlyAccessLayers("time", "event", "leak", "house")
                .whereLayer("sql")
                .mayNotAccessAnyLayer()
                .whereLayer("dialect")
                .mayOnlyAccessLayers("sql")
                .whereLayer("jdbc")
                .mayOnlyAccessLayers("pool", "leak", "dialect", "sql", "config", "event", "time", "classfile")
                .whereLayer("forecast")
                .mayOnlyAccessLayers("event", "time")
                .whereLayer("session")
                .mayOnlyAccessLayers("leak", "event", "time")
                .check(ProductionClasses.ALL);
    }

    @Test
    void know_no_queue_in_what_every_pool_is() {
        noClasses()
                .that()
                .resideInAPackage("dev.poolwright.pool")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.poolwright.pool.queue")
                .check(ProductionClasses.ALL);
    }

    @Test
    void know_no_jdbc_in_the_pool() {
        noClasses()
                .that()
                .resideInAPackage("dev.poolwright.pool..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .allowEmptyShould(true)
                .check(ProductionClasses.ALL);
    }

    @Test
    void use_the_jdk_and_nothing_else() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.poolwright..", "java..", "javax.sql..", "javax.security.auth..", "org.jspecify..")
                .check(ProductionClasses.ALL);
    }
}
