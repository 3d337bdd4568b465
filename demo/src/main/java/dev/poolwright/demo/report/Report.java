package dev.poolwright.demo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The comparison as JSON. */
public final class Report {

    private Report() {}

    /**
     * The whole report.
     *
     * @param setting how it was run: versions, heap, hash of the application's jar
     * @param broken  the broken promises, empty if all is well
     */
    public static String json(Map<String, Object> setting, Measurement before, Measurement after, List<String> broken) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("setting", setting);
        report.put("before", run(before));
        Map<String, Object> with = run(after);
        with.put("leaks", leaks(after.leaks()));
        with.put("spans", after.spans());
        with.put("failedSpans", after.failedSpans());
        with.put("metrics", after.metrics());
        report.put("after", with);
        report.put("sameOutput", Promises.sameOutput(before, after));
        report.put("brokenPromises", broken);
        return Json.write(report);
    }

    private static Map<String, Object> run(Measurement m) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("requestsPerSecond", m.requestsPerSecond());
        run.put("connectsToDatabase", m.connects());
        run.put("leftOpen", m.leftOpen());
        run.put("wallMillis", m.wallMillis());
        run.put("commits", m.commits());
        run.put("sessionsListed", m.sessions());
        run.put("sessionsWithUncommittedChanges", m.uncommitted());
        run.put("engineIdle", m.engineIdle());
        run.put("peakSessions", m.peakSessions());
        run.put("application", m.counters());
        run.put("database", m.rows());
        run.put("stderr", m.errors());
        return run;
    }

    private static List<Map<String, Object>> leaks(Map<String, Long> leaks) {
        List<Map<String, Object>> list = new ArrayList<>();
        leaks.forEach((site, count) -> {
            Map<String, Object> leak = new LinkedHashMap<>();
            leak.put("site", site);
            leak.put("count", count);
            list.add(leak);
        });
        return list;
    }
}
