package dev.poolwright.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The values in force, each with where it was set, and what was wrong with what was set.
 *
 * <p>Immutable. A source is never fatal: what cannot be understood is a {@linkplain #problems() problem}, and the next
 * weaker source or the default applies.
 */
public final class Settings {

    private final Object[] values;
    private final Origin[] origins;
    private final List<String> problems;

    Settings(Object[] values, Origin[] origins, List<String> problems) {
        this.values = values;
        this.origins = origins;
        this.problems = Collections.unmodifiableList(problems);
    }

    /**
     * For an application that runs under the agent.
     *
     * @param agentArguments what follows {@code -javaagent:poolwright.jar=}: {@code name=value} pairs separated by commas,
     *     names with or without {@code poolwright.}, a value with commas in quotes; null = none
     * @param systemProperties {@link System#getProperties()}
     * @param environment {@link System#getenv()}
     */
    public static Settings forAgent(
            @Nullable String agentArguments, Properties systemProperties, Map<String, String> environment) {
        return new SettingsReader(systemProperties, environment, true).read(agentArguments);
    }

    /**
     * For an application that uses Poolwright as a library.
     *
     * @param systemProperties {@link System#getProperties()}
     * @param environment {@link System#getenv()}
     */
    public static Settings forLibrary(Properties systemProperties, Map<String, String> environment) {
        return new SettingsReader(systemProperties, environment, false).read(null);
    }

    /** The value in force. */
    @SuppressWarnings("unchecked") // SettingsReader puts only values of the setting's type at its index
    public <T> T get(Setting<T> setting) {
        return (T) values[setting.index()];
    }

    /** Where the value in force was set. */
    public Origin originOf(Setting<?> setting) {
        return origins[setting.index()];
    }

    /** What was wrong: one sentence each, naming the setting and the nearest valid name or the valid values. */
    public List<String> problems() {
        return problems;
    }

    /** What differs from the defaults, for the log: {@code pool.size=10 (agent argument), log=a.log (environment)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Setting<?> setting : Setting.all()) {
            Origin origin = originOf(setting);
            if (origin != Origin.DEFAULT) {
                text.append(text.length() == 0 ? "" : ", ").append(setting.shortName());
                text.append('=')
                        .append(describe(setting))
                        .append(" (")
                        .append(origin)
                        .append(')');
            }
        }
        return text.length() == 0 ? "defaults" : text.toString();
    }

    private <T> String describe(Setting<T> setting) {
        return setting.describe(get(setting));
    }
}
