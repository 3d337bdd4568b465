package dev.poolwright.agent.compat;

import com.acme.compat.Kind;
import com.acme.compat.Scenario;
import com.acme.compat.Subjects;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes docs/compatibility.md from the scenarios and the list of differences. */
final class CompatibilityPage {

    private CompatibilityPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Compatibility

                <!-- Generated from the scenarios in com.acme.compat and dev.poolwright.agent.compat.Differences.
                     CompatibilityPageTest says how to write it anew. -->

                An application must not be able to tell that its connections are pooled. Every scenario below is one method
                of application code. It is run without the agent, with it, and with it on connections that somebody has just
                left in every state they can be in: auto-commit off, a transaction and statements open, other isolation,
                schema, holdability, timeouts. Results, exceptions (class, SQLState, code, message), rows afterwards and
                what the next borrower can see are compared line by line, on Java 17 and 25. What is not listed here as a
                difference fails the build.

                ## What was tried

                | database | version | driver | scenarios |
                |---|---|---|---|
                """);
        for (Kind kind : Places.RUN_HERE) {
            page.append("| ").append(kind.title()).append(" | ").append(Places.databaseVersion(kind));
            page.append(" | `")
                    .append(kind.driver())
                    .append("` ")
                    .append(Places.driverVersion(kind))
                    .append(" | ");
            page.append(Scenario.of(Subjects.ALL, kind).size()).append(" |\n");
        }
        page.append("\nScenarios by subject:\n\n| subject |");
        Places.RUN_HERE.forEach(kind -> page.append(' ').append(kind.title()).append(" |"));
        page.append("\n|---|").append("---|".repeat(Places.RUN_HERE.size())).append('\n');
        for (Class<?> subject : Subjects.ALL) {
            page.append("| ").append(words(subject)).append(" |");
            for (Kind kind : Places.RUN_HERE) {
                page.append(' ')
                        .append(Scenario.of(List.of(subject), kind).size())
                        .append(" |");
            }
            page.append('\n');
        }
        page.append("""

                ## What is promised, and what shows it

                Where a pool most easily gives itself away. Scenarios are those above; a name with `Test` or `IT` in it is a
                test of its own.

                | no. | promise | shown by |
                |---|---|---|
                """);
        for (Promise promise : Promise.ALL) {
            page.append("| ")
                    .append(promise.number())
                    .append(" | ")
                    .append(promise.words())
                    .append(" | ");
            page.append(promise.proofs().stream()
                            .map(proof -> '`' + proof + '`')
                            .collect(Collectors.joining(", ")))
                    .append(" |\n");
        }
        page.append("\n## Intended differences\n");
        append(page, false);
        if (Differences.ALL.stream().anyMatch(Difference::isDefect)) {
            page.append("\n## To be mended\n\nNot intended, and known:\n");
            append(page, true);
        }
        return page.append("""

                ## What could not be run

                No server of SQL Server, Oracle or DB2 can be had by a build of this project. Their URLs, drivers and
                exceptions are known from the drivers' jars alone; nothing on this page has been seen with them. MySQL is
                represented by MariaDB, with MySQL's own driver as well. HSQLDB's server was tried by hand only: rows that a
                program reads on after the close are refused there. MariaDB's server is there for Linux on x86-64; elsewhere its scenarios are skipped,
                and a line of the build says so.

                Virtual threads exist from Java 21 on: what is said of them was seen on 25, and on 17 their scenarios say
                that there are none. Nothing was run on Java 8, which is not supported yet, nor between 17 and 25, on Windows
                or macOS. Pools that come with application servers (WebSphere, WebLogic, GlassFish) are not on Maven Central:
                their classes are known by name, and no connection of theirs has been seen. XA was tried with one resource;
                no server was stopped between the two phases.
                """).toString();
    }

    private static void append(StringBuilder page, boolean defects) {
        Map<String, Set<Kind>> reasons = new LinkedHashMap<>();
        for (Difference each : Differences.ALL) {
            if (each.isDefect() == defects) {
                String reason = defects ? each.reason().substring(Difference.DEFECT.length()) : each.reason();
                reasons.computeIfAbsent(reason, first -> EnumSet.noneOf(Kind.class))
                        .addAll(each.kinds());
            }
        }
        page.append('\n');
        reasons.forEach((reason, kinds) -> page.append("- ")
                .append(reason)
                .append(" (")
                .append(
                        kinds.size() == Kind.values().length
                                ? "everywhere"
                                : kinds.stream().map(Kind::title).collect(Collectors.joining("; ")))
                .append(")\n"));
    }

    /** {@code GeneratedKeys} as {@code generated keys}. */
    private static String words(Class<?> subject) {
        String name = subject.getSimpleName();
        return name.length() <= 2
                ? name + "'s own"
                : name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
    }
}
