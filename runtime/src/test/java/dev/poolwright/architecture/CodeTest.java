package dev.poolwright.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Timer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What no line of the runtime does, and why. */
class CodeTest {

    @Test
    void reads_the_clock_only_in_time() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.poolwright.time..")
                .should()
                .accessTargetWhere(readsTheClock())
                .because("a Ticker can be stopped in tests, and the check-out path must not read any clock")
                .check(ProductionClasses.ALL);
    }

    @Test
    void knows_no_wall_clock() {
        noClasses()
                .should()
                .accessTargetWhere(readsTheWallClock())
                .because("a clock that is set back or forward must not make a thousand connections old, or none")
                .check(ProductionClasses.ALL);
    }

    @Test
    void declares_no_synchronized_methods() {
        noMethods()
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .because("the application can lock our objects too: private lock objects only")
                .check(ProductionClasses.ALL);
    }

    @Test
    void starts_threads_only_in_the_housekeeper() {
        noClasses()
                .that()
                .haveNameNotMatching("dev\\.poolwright\\.house\\.Housekeeper(Thread)?(\\$.*)?")
                .should()
                .accessTargetWhere(makesThreads())
                .because("an application with nothing open has no thread of ours, and one otherwise")
                .check(ProductionClasses.ALL);
    }

    @Test
    void writes_nothing_to_standard_streams() {
        noClasses()
                .should(ACCESS_STANDARD_STREAMS)
                .because("they belong to the application; only the agent's own log writes to stderr")
                .check(ProductionClasses.ALL);
    }

    @Test
    void touches_java_util_logging_only_to_report_in_library_use() {
        noClasses()
                .that()
                .haveNameNotMatching("dev\\.poolwright\\.engine\\.LoggedReports(\\$.*)?")
                .should()
                .accessClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("legacy applications install their own LogManager, which must be set before its first use")
                .check(ProductionClasses.ALL);
    }

    @Test
    void names_classes_after_what_they_are() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                .because("when such a name is the only one left, the code belongs to the type it serves")
                .check(ProductionClasses.ALL);
    }

    @Test
    void names_fields_after_what_they_are() {
        noFields()
                .should()
                .haveNameMatching("(?i)(util|utils|helper|manager|impl)")
                .check(ProductionClasses.ALL);
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        DescribedPredicate<JavaAccess<?>> monotonic = target(nameMatching("nanoTime"))
                .and(target(owner(assignableTo(System.class))))
                .forSubtype();
        return monotonic.or(readsTheWallClock()).as("a read of the clock");
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheWallClock() {
        DescribedPredicate<JavaAccess<?>> system = target(nameMatching("currentTimeMillis"))
                .and(target(owner(assignableTo(System.class))))
                .forSubtype();
        DescribedPredicate<JavaAccess<?>> time = target(nameMatching("now|system.*|tick.*"))
                .and(target(owner(assignableTo(Instant.class).or(assignableTo(Clock.class)))))
                .forSubtype();
        DescribedPredicate<JavaAccess<?>> date = target(nameMatching("<init>"))
                .and(target(owner(type(Date.class))))
                .forSubtype();
        return system.or(time).or(date).as("a read of the wall clock");
    }

    private static DescribedPredicate<JavaAccess<?>> makesThreads() {
        DescribedPredicate<JavaAccess<?>> constructors = target(nameMatching("<init>"))
                .and(target(owner(assignableTo(Thread.class)
                        .or(assignableTo(ExecutorService.class))
                        .or(assignableTo(Timer.class)))))
                .forSubtype();
        DescribedPredicate<JavaAccess<?>> factories =
                target(owner(assignableTo(Executors.class))).forSubtype();
        return constructors.or(factories).as("the making of a thread");
    }
}
