package dev.poolwright.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is set for some engines only: {@code engine.orders.match} says which by their URL, {@code engine.orders.pool.size} and
 * the like what. Loaded only where somebody writes such a name. Filled by one thread, then immutable.
 *
 * <p>Of several rules that match, the one with the longest pattern counts, and of those the first by name.
 */
final class EngineRules {

    static final String PREFIX = "engine.";
    static final String VARIABLE_PREFIX = "POOLWRIGHT_ENGINE_";

    private static final String MATCH = "match";

    private final Map<String, Rule> rules = new TreeMap<String, Rule>();

    /** One of them. */
    static final class Rule {

        final String name;
        final Map<Integer, Object> values = new TreeMap<Integer, Object>();
        final Map<Integer, Origin> origins = new TreeMap<Integer, Origin>();
        private @Nullable String match;

        Rule(String name) {
            this.name = name;
        }
    }

    /**
     * Takes one in, if no stronger source has said it.
     *
     * @param name {@code engine.orders.pool.size}
     * @return what is wrong with it, or null
     */
    @Nullable
    String add(String name, String written, Origin source) {
        int dot = name.indexOf('.', PREFIX.length());
        String ofRule = dot < 0 ? "" : name.substring(PREFIX.length(), dot);
        if (ofRule.isEmpty()) {
            return name + " (" + source + ") is not a setting; for some engines it is written engine.NAME.match=URL and"
                    + " engine.NAME.pool.size=10.";
        }
        return add(ofRule, name.substring(dot + 1), name, written, source);
    }

    /** The same of a variable, {@code POOLWRIGHT_ENGINE_ORDERS_POOL_SIZE}: the name of the rule is in lower case then. */
    @Nullable
    String addVariable(String variable, String written) {
        String end = "_MATCH";
        String shortName = MATCH;
        for (Setting<?> setting : Setting.all()) {
            String suffix = setting.environmentName().substring("POOLWRIGHT".length());
            if (variable.endsWith(suffix) && (!variable.endsWith(end) || suffix.length() > end.length())) {
                end = suffix;
                shortName = setting.shortName();
            }
        }
        int length = variable.length() - end.length();
        if (!variable.endsWith(end) || length <= VARIABLE_PREFIX.length()) {
            return variable + " (" + Origin.ENVIRONMENT + ") is not a setting; for some engines it is written "
                    + VARIABLE_PREFIX + "NAME_MATCH and " + VARIABLE_PREFIX + "NAME_POOL_SIZE.";
        }
        String ofRule = variable.substring(VARIABLE_PREFIX.length(), length).toLowerCase(Locale.ROOT);
        return add(ofRule, shortName, variable, written, Origin.ENVIRONMENT);
    }

    private @Nullable String add(String ofRule, String shortName, String asWritten, String written, Origin source) {
        Rule rule = rules.get(ofRule);
        if (rule == null) {
            rule = new Rule(ofRule);
            rules.put(ofRule, rule);
        }
        if (shortName.equals(MATCH)) {
            if (rule.match == null && !written.trim().isEmpty()) {
                rule.match = written.trim();
            }
            return null;
        }
        List<String> known = new ArrayList<String>();
        known.add(MATCH);
        for (Setting<?> setting : Setting.all()) {
            if (setting.isOfEngine()) {
                known.add(setting.shortName());
                if (setting.shortName().equals(shortName)) {
                    return put(rule, setting, asWritten, written, source);
                }
            } else if (setting.shortName().equals(shortName)) {
                return asWritten + " (" + source + ") is ignored: " + shortName
                        + " cannot be set for some engines only.";
            }
        }
        return asWritten + " (" + source + ") is not a setting; the nearest one is " + PREFIX + ofRule + "."
                + NearestName.of(shortName, known) + ".";
    }

    private static @Nullable String put(
            Rule rule, Setting<?> setting, String asWritten, String written, Origin source) {
        if (rule.values.containsKey(setting.index())) {
            return null;
        }
        try {
            rule.values.put(setting.index(), setting.parse(written));
            rule.origins.put(setting.index(), source);
            return null;
        } catch (IllegalArgumentException outOfRange) {
            return asWritten + "=" + written + " (" + source + ") is not " + setting.range() + "; it is ignored.";
        }
    }

    /** Rules that say nothing of whom they are for. */
    void addProblems(List<String> problems) {
        for (Rule rule : rules.values()) {
            if (rule.match == null) {
                problems.add(PREFIX + rule.name + " has no " + PREFIX + rule.name
                        + ".match=URL, which says for which engines it is; it is ignored.");
            }
        }
    }

    /** The rule for engines with that URL, or null. */
    @Nullable
    Rule of(String url) {
        Rule best = null;
        int longest = -1;
        for (Rule rule : rules.values()) {
            String match = rule.match;
            if (match != null && match.length() > longest && matches(match, 0, url, 0)) {
                best = rule;
                longest = match.length();
            }
        }
        return best;
    }

    /** Whether {@code url} from {@code u} on is what {@code pattern} says, in which a star is any text; case is not looked at. */
    private static boolean matches(String pattern, int p, String url, int u) {
        for (; p < pattern.length(); p++, u++) {
            if (pattern.charAt(p) == '*') {
                for (int rest = u; rest <= url.length(); rest++) {
                    if (matches(pattern, p + 1, url, rest)) {
                        return true;
                    }
                }
                return false;
            }
            if (u == url.length() || Character.toLowerCase(pattern.charAt(p)) != Character.toLowerCase(url.charAt(u))) {
                return false;
            }
        }
        return u == url.length();
    }
}
