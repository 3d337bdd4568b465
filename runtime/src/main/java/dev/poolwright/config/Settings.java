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
    private final SettingsReader reader;
    private final @Nullable EngineRules rules;
    private final EngineRules.@Nullable Rule rule;

    /** @param rules what is set for some engines only; null = nothing */
    Settings(
            Object[] values,
            Origin[] origins,
            List<String> problems,
            SettingsReader reader,
            @Nullable EngineRules rules) {
        this.values = values;
        this.origins = origins;
        this.problems = Collections.unmodifiableList(problems);
        this.reader = reader;
        this.rules = rules;
        this.rule = null;
    }

    private Settings(Settings all, EngineRules.Rule rule) {
        this.values = all.values.clone();
        this.origins = all.origins.clone();
        for (Map.Entry<Integer, Object> each : rule.values.entrySet()) {
            values[each.getKey()] = each.getValue();
        }
        for (Map.Entry<Integer, Origin> each : rule.origins.entrySet()) {
            origins[each.getKey()] = each.getValue();
        }
        this.problems = all.problems;
        this.reader = all.reader;
        this.rules = null;
        this.rule = rule;
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

    /**
     * Those of engines with that URL: what a rule says for them, whatever its source, then what is said for all.
     *
     * @param url without parameters and credentials, as {@code EngineInfo.url()} has it
     */
    public Settings ofEngine(String url) {
        EngineRules.Rule found = rules == null ? null : rules.of(url);
        return found == null ? this : new Settings(this, found);
    }

    /** All sources read once more, the file as it is now; what was set by {@link #with} stays. */
    public Settings again() {
        return reader.again();
    }

    /**
     * The same with one changed by command, which is the strongest source.
     *
     * @param name    as an agent argument, or {@code engine.NAME.}one
     * @param written empty = as without a command
     * @throws IllegalArgumentException no such setting, or no value of it; says which is nearest, or what is valid
     */
    public Settings with(String name, String written) {
        return reader.with(name, written);
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

    /** The same for people: {@code file}, or {@code file, engine.orders} where it is a rule's. */
    public String originText(Setting<?> setting) {
        String origin = originOf(setting).toString();
        return rule != null && rule.values.containsKey(setting.index())
                ? origin + ", " + EngineRules.PREFIX + rule.name
                : origin;
    }

    /** The file of {@link Setting#CONFIG}, or null: none is named. */
    public @Nullable String file() {
        return reader.path();
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

    /** The value in force as a person writes it. */
    public <T> String describe(Setting<T> setting) {
        return setting.describe(get(setting));
    }
}
