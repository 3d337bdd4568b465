package dev.poolwright.config;

/** Writes docs/settings.md from the constants of {@link Setting}. */
final class SettingsPage {

    private SettingsPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Settings

                <!-- Generated from dev.poolwright.config.Setting. SettingsPageTest says how to write it anew. -->

                Each can be given in five ways; the first of these that names a valid value wins:

                1. by a command while the JVM runs, `java -jar poolwright.jar set PID pool.size=10`, until it ends or `set PID pool.size=`
                   takes that back,
                2. as an agent argument, `-javaagent:poolwright.jar=pool.size=10,mode=off` (a value with commas in quotes),
                3. as a system property, `-Dpoolwright.pool.size=10`,
                4. as an environment variable, `POOLWRIGHT_POOL_SIZE=10`,
                5. as a line `pool.size=10` of a properties file in UTF-8, which one of the others names: `config=/etc/poolwright.properties`
                   (there a backslash is written twice).

                What is in force, and where it comes from, says `java -jar poolwright.jar status PID`. While connections are open the file
                is looked at every two seconds; when it has changed it is read again, and what can change while the JVM runs does.

                Some engines only: `engine.NAME.match` says for which URLs (without parameters; a star is any text), `engine.NAME.` and a
                setting what for. That counts before what is set for all, wherever either is written; of several names that match, the one
                with the longest pattern counts.

                    poolwright.engine.orders.match=jdbc:postgresql://db/orders*
                    poolwright.engine.orders.pool.size=20

                Durations are written `500ms`, `30s`, `10min`, `2h` or `0`; a bare number is milliseconds. A name or value that
                is not valid costs one line on stderr, naming the nearest valid one; the application starts all the same.

                In library use the defaults follow SQLAlchemy's; under the agent an application gets no limit it did not have.

                A change while the JVM runs counts `at once`; or `anew`: engines that it concerns are closed, and made anew with the next
                connection, while what they have lent works on; or with the next `start`. `anew` and the sizes can be set for some engines.

                | agent argument | default under the agent | in library use | values | changes | what it is for |
                |---|---|---|---|---|---|
                """);
        for (Setting<?> setting : Setting.all()) {
            appendRow(page, setting);
        }
        page.append("""

                System properties are called `poolwright.` and the agent argument. Environment variables:

                """);
        for (Setting<?> setting : Setting.all()) {
            page.append("- `").append(setting.environmentName()).append("`\n");
        }
        return page.append("""

                        Where telemetry goes, and as which service, is set as for any OpenTelemetry SDK: `otel.*` system
                        properties or `OTEL_*` variables.
                        """).toString();
    }

    private static <T> void appendRow(StringBuilder page, Setting<T> setting) {
        page.append("| `").append(setting.shortName()).append("` | ");
        page.append(cell(setting.describe(setting.agentDefault()))).append(" | ");
        page.append(cell(setting.describe(setting.libraryDefault()))).append(" | ");
        page.append(setting.range()).append(" | ");
        page.append(setting.isOfStart() ? "start" : setting.isOfEngine() && !setting.isOfSize() ? "anew" : "at once");
        page.append(" | ");
        page.append(setting.sentence()).append(" |\n");
    }

    private static String cell(String value) {
        return value.isEmpty() ? "none" : "`" + value + "`";
    }
}
