package dev.poolwright.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link Settings} from their sources: one instance, one {@link #read}.
 *
 * <p>Values of unknown names are never repeated in a problem: whoever writes {@code poolwright.password} means it.
 */
final class SettingsReader {

    private static final String PROPERTY_PREFIX = "poolwright.";
    private static final String VARIABLE_PREFIX = "POOLWRIGHT_";

    /** Names below this belong to the project's own tests and are never settings. */
    private static final String TEST_PREFIX = "test.";

    private static final String TEST_VARIABLE_PREFIX = VARIABLE_PREFIX + "TEST_";

    private final Map<String, String> arguments = new LinkedHashMap<String, String>();
    private final Properties properties;
    private final Map<String, String> variables;
    private Map<String, String> file = Collections.emptyMap();
    private final boolean agent;
    private final List<String> problems = new ArrayList<String>();
    private Map<String, String> commands = Collections.emptyMap();
    private @Nullable String agentArguments;
    private @Nullable String path;
    private @Nullable EngineRules rules; // the class is loaded only where there are some

    SettingsReader(Properties properties, Map<String, String> variables, boolean agent) {
        this.properties = properties;
        this.variables = variables;
        this.agent = agent;
    }

    Settings again() {
        SettingsReader fresh = new SettingsReader(properties, variables, agent);
        fresh.commands = commands;
        return fresh.read(agentArguments);
    }

    /** @throws IllegalArgumentException that is nothing that can be set */
    Settings with(String name, String written) {
        String shortName = name.startsWith(PROPERTY_PREFIX) ? name.substring(PROPERTY_PREFIX.length()) : name;
        Map<String, String> changed = new LinkedHashMap<String, String>(commands);
        changed.remove(shortName);
        if (!written.trim().isEmpty()) {
            changed.put(shortName, written);
        }
        SettingsReader alone = new SettingsReader(new Properties(), Collections.<String, String>emptyMap(), agent);
        alone.commands = Collections.singletonMap(shortName, written.trim().isEmpty() ? " " : written);
        List<String> wrong = alone.read(null).problems();
        for (String problem : wrong) {
            boolean isEmpty = written.trim().isEmpty() && !problem.contains("not a setting");
            if (!isEmpty && !problem.contains("has no " + EngineRules.PREFIX)) {
                throw new IllegalArgumentException(problem);
            }
        }
        SettingsReader fresh = new SettingsReader(properties, variables, agent);
        fresh.commands = changed;
        return fresh.read(agentArguments);
    }

    @Nullable
    String path() {
        return path;
    }

    Settings read(@Nullable String writtenArguments) {
        agentArguments = writtenArguments;
        if (writtenArguments != null) {
            splitArguments(writtenArguments);
        }
        List<Setting<?>> all = Setting.all();
        readFile();
        Object[] values = new Object[all.size()];
        Origin[] origins = new Origin[all.size()];
        Map<String, Setting<?>> byName = new HashMap<String, Setting<?>>();
        Map<String, Setting<?>> byVariable = new HashMap<String, Setting<?>>();
        for (Setting<?> setting : all) {
            byName.put(setting.shortName(), setting);
            byVariable.put(setting.environmentName(), setting);
            readOne(setting, values, origins);
        }
        reportUnknown(byName, byVariable);
        EngineRules found = rules;
        if (found != null) {
            found.addProblems(problems);
        }
        return new Settings(values, origins, problems, this, found);
    }

    /** What the file says that one of the stronger sources names. */
    private void readFile() {
        for (Origin source : Origin.values()) {
            String named = written(Setting.CONFIG, source);
            if (named != null && !named.trim().isEmpty()) {
                path = named.trim();
                try {
                    file = SettingsFile.read(path);
                } catch (IOException | IllegalArgumentException unreadable) {
                    problems.add(nameIn(source, Setting.CONFIG) + "=" + named + " (" + source + ") cannot be read, "
                            + SettingsFile.reason(unreadable) + "; none of its settings applies.");
                }
                return;
            }
        }
    }

    private <T> void readOne(Setting<T> setting, Object[] values, Origin[] origins) {
        T value = null;
        Origin origin = Origin.DEFAULT;
        List<String> refused = new ArrayList<String>(0);
        for (Origin source : Origin.values()) {
            String written = written(setting, source);
            if (written == null || value != null) {
                continue;
            }
            try {
                value = setting.parse(written);
                origin = source;
            } catch (IllegalArgumentException outOfRange) {
                refused.add(nameIn(source, setting) + "=" + written + " (" + source + ") is not " + setting.range());
            }
        }
        if (value == null) {
            value = agent ? setting.agentDefault() : setting.libraryDefault();
        }
        for (String complaint : refused) {
            problems.add(complaint + "; " + setting.describe(value) + " (" + origin + ") applies.");
        }
        values[setting.index()] = value;
        origins[setting.index()] = origin;
    }

    private @Nullable String written(Setting<?> setting, Origin source) {
        if (source == Origin.COMMAND) {
            return setting == Setting.CONFIG ? null : commands.get(setting.shortName());
        }
        if (source == Origin.AGENT_ARGUMENT) {
            return arguments.get(setting.shortName());
        }
        if (source == Origin.SYSTEM_PROPERTY) {
            return properties.getProperty(setting.name());
        }
        if (source == Origin.ENVIRONMENT) {
            String value = variables.get(setting.environmentName());
            // By custom an empty variable is one that is not set.
            return value == null || value.trim().isEmpty() ? null : value;
        }
        if (source == Origin.FILE && setting != Setting.CONFIG) {
            return file.get(setting.shortName());
        }
        return null;
    }

    private static String nameIn(Origin source, Setting<?> setting) {
        if (source == Origin.COMMAND || source == Origin.AGENT_ARGUMENT || source == Origin.FILE) {
            return setting.shortName();
        }
        return source == Origin.ENVIRONMENT ? setting.environmentName() : setting.name();
    }

    private void reportUnknown(Map<String, Setting<?>> byName, Map<String, Setting<?>> byVariable) {
        reportUnknown(commands, Origin.COMMAND, byName);
        reportUnknown(arguments, Origin.AGENT_ARGUMENT, byName);
        for (String property : properties.stringPropertyNames()) {
            if (property.startsWith(PROPERTY_PREFIX)) {
                String name = property.substring(PROPERTY_PREFIX.length());
                if (name.startsWith(EngineRules.PREFIX)) {
                    rule(name, properties.getProperty(property), Origin.SYSTEM_PROPERTY);
                } else if (!byName.containsKey(name) && !name.startsWith(TEST_PREFIX)) {
                    String nearest = PROPERTY_PREFIX + NearestName.of(name, byName.keySet());
                    problems.add(unknown(property, Origin.SYSTEM_PROPERTY, nearest));
                }
            }
        }
        // Keys alone: entries of the environment are more classes, at every start.
        for (String variable : variables.keySet()) {
            if (variable.startsWith(EngineRules.VARIABLE_PREFIX)) {
                addProblem(rules().addVariable(variable, String.valueOf(variables.get(variable))));
            } else if (variable.startsWith(VARIABLE_PREFIX)
                    && !byVariable.containsKey(variable)
                    && !variable.startsWith(TEST_VARIABLE_PREFIX)) {
                problems.add(unknown(variable, Origin.ENVIRONMENT, NearestName.of(variable, byVariable.keySet())));
            }
        }
        reportUnknown(file, Origin.FILE, byName);
    }

    private void reportUnknown(Map<String, String> written, Origin source, Map<String, Setting<?>> byName) {
        for (String name : written.keySet()) {
            if (name.startsWith(EngineRules.PREFIX)) {
                rule(name, String.valueOf(written.get(name)), source);
            } else if (source == Origin.FILE && name.equals(Setting.CONFIG.shortName())) {
                problems.add(name + " (" + Origin.FILE + ") is ignored: a file names no other.");
            } else if (source == Origin.COMMAND && name.equals(Setting.CONFIG.shortName())) {
                problems.add(name + " (" + Origin.COMMAND + ") is ignored: the file is named when the JVM starts.");
            } else if (!byName.containsKey(name)) {
                problems.add(unknown(name, source, NearestName.of(name, byName.keySet())));
            }
        }
    }

    private void rule(String name, String written, Origin source) {
        addProblem(rules().add(name, written, source));
    }

    private EngineRules rules() {
        EngineRules known = rules;
        if (known == null) {
            known = new EngineRules();
            rules = known;
        }
        return known;
    }

    private void addProblem(@Nullable String problem) {
        if (problem != null) {
            problems.add(problem);
        }
    }

    private static String unknown(String name, Origin source, String nearest) {
        return name + " (" + source + ") is not a setting; the nearest one is " + nearest + ".";
    }

    private void splitArguments(String text) {
        int start = 0;
        while (start < text.length()) {
            int end = endOfPair(text, start);
            readPair(text.substring(start, end).trim());
            start = end + 1;
        }
    }

    /** The comma that ends the pair, or the end; a quote that nothing closes is a character like any other. */
    private static int endOfPair(String text, int start) {
        char quote = 0;
        char last = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (isQuote(c) && last == '=') {
                quote = c;
            } else if (c == ',') {
                return i;
            }
            last = c == ' ' ? last : c;
        }
        int comma = quote == 0 ? -1 : text.indexOf(',', start);
        return comma < 0 ? text.length() : comma;
    }

    private void readPair(String pair) {
        if (pair.isEmpty()) {
            return;
        }
        int equals = pair.indexOf('=');
        String name = (equals < 0 ? pair : pair.substring(0, equals)).trim();
        if (name.startsWith(PROPERTY_PREFIX)) {
            name = name.substring(PROPERTY_PREFIX.length());
        }
        if (equals < 0) {
            problems.add(
                    leadingName(name) + " (" + Origin.AGENT_ARGUMENT + ") has no value; it is written name=value.");
            return;
        }
        String value = pair.substring(equals + 1).trim();
        if (!value.isEmpty() && isQuote(value.charAt(0))) {
            int last = value.length() - 1;
            if (last == 0 || value.charAt(last) != value.charAt(0)) {
                problems.add(
                        name + " (" + Origin.AGENT_ARGUMENT + ") has a quote that is never closed; it is ignored.");
                return;
            }
            value = value.substring(1, last);
        }
        arguments.put(name, value);
    }

    /** The start of something that is no pair: the rest might be a secret. */
    private static String leadingName(String text) {
        int end = 0;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || ".-_".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return text.substring(0, end);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
