package dev.poolwright.config;

/** Writes docs/settings.md from the constants of {@link Setting}. */
final class SettingsPage {

    private SettingsPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Settings

                <!-- Generated from dev.poolwright.config.Setting. SettingsPageTest says how to write it anew. -->

                Each can be given in four ways; the first of these that names a valid value wins:

                1. as an agent argument, `-javaagent:poolwright.jar=pool.size=10,mode=off` (a value with commas in quotes),
                2. as a system property, `-Dpoolwright.pool.size=10`,
                3. as an environment variable, `POOLWRIGHT_POOL_SIZE=10`,
                4. as a line `pool.size=10` of a properties file in UTF-8, which one of the others names: `config=/etc/poolwright.properties`
                   (there a backslash is written twice).

                Durations are written `500ms`, `30s`, `10min`, `2h` or `0`; a bare number is milliseconds. A name or value that
                is not valid costs one line on stderr, naming the nearest valid one; the application starts all the same.

                In library use the defaults follow SQLAlchemy's; under the agent an application gets no limit it did not have.

                | agent argument | default under the agent | in library use | values | what it is for |
                |---|---|---|---|---|
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
        page.append(setting.sentence()).append(" |\n");
    }

    private static String cell(String value) {
        return value.isEmpty() ? "none" : "`" + value + "`";
    }
}
