package dev.poolwright.agent.compat;

import com.acme.compat.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One step that went another way with the agent. */
record Unlike(Kind kind, String pass, String scenario, String step, String plain, String agent) {

    private static final String NOTHING = "(no such step)";

    /** All steps of a pass under the agent that are not as in the plain run. */
    static List<Unlike> all(Kind kind, Transcript plain, Transcript agent, String pass) {
        List<Unlike> all = new ArrayList<>();
        Map<String, List<String>> mine = agent.pass(pass);
        plain.pass("first").forEach((scenario, expected) -> {
            List<String> got = mine.getOrDefault(scenario, List.of());
            for (int i = 0; i < Math.max(expected.size(), got.size()); i++) {
                String one = i < expected.size() ? expected.get(i) : NOTHING;
                String other = i < got.size() ? got.get(i) : NOTHING;
                if (!one.equals(other)) {
                    all.add(of(kind, pass, scenario, one, other));
                }
            }
        });
        return all;
    }

    private static Unlike of(Kind kind, String pass, String scenario, String plain, String agent) {
        String step = (plain.equals(NOTHING) ? agent : plain).split(": ", 2)[0];
        String start = step + ": ";
        return new Unlike(
                kind,
                pass,
                scenario,
                step,
                plain.startsWith(start) ? plain.substring(start.length()) : plain,
                agent.startsWith(start) ? agent.substring(start.length()) : agent);
    }

    @Override
    public String toString() {
        return kind + " " + pass + " | " + scenario + " | " + step + "\n      plain: " + plain + "\n      agent: "
                + agent;
    }
}
