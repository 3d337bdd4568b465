package dev.poolwright.agent.compat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one run printed: {@code pass | scenario | step: outcome}, and lines with a hash about the run itself. */
record Transcript(Map<String, Map<String, List<String>>> passes, Map<String, String> about) {

    static Transcript of(String printed) {
        Map<String, Map<String, List<String>>> passes = new LinkedHashMap<>();
        Map<String, String> about = new LinkedHashMap<>();
        for (String line : printed.lines().toList()) {
            if (line.startsWith("# ")) {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    about.put(line.substring(2, colon), line.substring(colon + 2));
                }
                continue;
            }
            String[] parts = line.split(" \\| ", 3);
            if (parts.length < 3) {
                throw new IllegalArgumentException("not a line of a transcript: " + line);
            }
            passes.computeIfAbsent(parts[0], pass -> new LinkedHashMap<>())
                    .computeIfAbsent(parts[1], scenario -> new ArrayList<>())
                    .add(parts[2]);
        }
        return new Transcript(passes, about);
    }

    /** The scenarios of a pass, each with its lines. */
    Map<String, List<String>> pass(String name) {
        return passes.getOrDefault(name, Collections.emptyMap());
    }
}
