package dev.poolwright.agent.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call that came out otherwise with the agent: which one, and both outcomes. */
record Difference(String call, String plain, String agent) {

    private static final String NOTHING = "(not called)";

    /** All of them, in the order of the calls. */
    static List<Difference> between(String plain, String agent) {
        Map<String, String> others = outcomes(agent);
        List<Difference> differences = new ArrayList<>();
        outcomes(plain).forEach((call, outcome) -> {
            String other = others.remove(call);
            if (!outcome.equals(other)) {
                differences.add(new Difference(call, outcome, other == null ? NOTHING : other));
            }
        });
        others.forEach((call, outcome) -> differences.add(new Difference(call, NOTHING, outcome)));
        return differences;
    }

    /** Lines {@code state | method | outcome}; without an outcome where no object can be made. */
    static Map<String, String> outcomes(String printed) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        printed.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int end = line.indexOf(" | ", line.indexOf(" | ") + 1);
            String call = end < 0 ? line : line.substring(0, end);
            if (outcomes.put(call, end < 0 ? "" : line.substring(end + 3)) != null) {
                throw new IllegalStateException("called twice under one name: " + line);
            }
        });
        return outcomes;
    }

    @Override
    public String toString() {
        return call + "\n    plain: " + plain + "\n    agent: " + agent;
    }
}
