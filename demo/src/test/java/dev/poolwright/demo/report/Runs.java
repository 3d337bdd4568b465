package dev.poolwright.demo.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measurements as a run that goes well would give them. */
final class Runs {

    static final String SITE = Promises.LEAKING_METHOD + "37)";

    private Runs() {}

    static Measurement before() {
        return run(4805, 0, 0, List.of(), Map.of(), Map.of());
    }

    static Measurement after() {
        return after(Map.of(SITE, 40L), 4220);
    }

    static Measurement after(Map<String, Long> leaks, long commitSpans) {
        return run(
                9,
                5,
                5,
                List.of("[poolwright] WARN leak: connection of orders was never closed"),
                leaks,
                Map.of("COMMIT orders", commitSpans, "COMMITTEE", 3L, "Session.flush", 2400L));
    }

    static Measurement run(
            long connects,
            long sessions,
            long idle,
            List<String> errors,
            Map<String, Long> leaks,
            Map<String, Long> spans) {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("requests", 4800L);
        counters.put("reservations refused", 40L);
        counters.put("commits", 4220L);
        counters.put("working time, ms", connects * 3);
        List<String> output = List.of("ACME", "  commits     4220", "  working time, ms         " + connects * 3);
        return new Measurement(
                counters,
                9000,
                connects,
                10,
                sessions,
                0,
                idle,
                Map.of("commits", 4220L),
                output,
                errors,
                0,
                leaks,
                spans,
                0,
                List.of("db.client.connection.count"));
    }
}
