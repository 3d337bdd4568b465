package dev.poolwright.control.page;

import dev.poolwright.config.Mode;
import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.control.EngineFigures;
import dev.poolwright.engine.Engine;
import dev.poolwright.event.Flush;
import dev.poolwright.event.LeakSite;
import dev.poolwright.gate.Operation;
import dev.poolwright.gate.figures.Figures;
import dev.poolwright.gate.figures.Latencies;
import dev.poolwright.gate.figures.Seen;
import dev.poolwright.gate.figures.SlowFlush;
import dev.poolwright.gate.figures.SlowFlushes;
import dev.poolwright.time.Ticker;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows: counts of all engines, and of one of them who holds its connections. Of one only, because a forgotten
 * connection that is looked at lives through the collection that is under way. Any thread.
 */
final class State {

    private final Operation operation;
    private final String instance = Token.fresh().substring(0, 8);
    private final long sinceNanos = Ticker.SYSTEM.nanos();

    State(Operation operation) {
        this.operation = operation;
    }

    /** @param shown the engine whose details are wanted, as it is called on show; null = none's */
    Map<String, Object> of(@Nullable String shown) {
        Settings settings = operation.settings();
        Figures figures = operation.figures();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("instance", instance);
        all.put("pid", pid());
        all.put("program", program());
        all.put("java", System.getProperty("java.version", "?"));
        all.put("openSeconds", TimeUnit.NANOSECONDS.toSeconds(Ticker.SYSTEM.nanos() - sinceNanos));
        all.put("mode", settings.get(Setting.MODE).name().toLowerCase(Locale.ROOT));
        all.put("outOfOrder", operation.isOutOfOrder());
        all.put("accidents", operation.accidents());
        all.put("problems", settings.problems());
        List<Object> engines = new ArrayList<>();
        for (Engine engine : EngineFigures.withClosed(operation.engines())) {
            Seen seen = figures == null ? null : figures.of(engine.info());
            engines.add(counts(engine, seen));
            if (EngineFigures.nameOf(engine).equals(shown)) {
                all.put("shown", details(engine, seen, settings));
            }
        }
        all.put("engines", engines);
        if (figures != null) {
            all.put("slowFlushes", slowFlushes(figures));
        }
        all.put("settings", settings(settings));
        return all;
    }

    private Map<String, Object> counts(Engine engine, @Nullable Seen seen) {
        Map<String, Object> one = EngineFigures.counts(engine);
        one.put("shownAs", EngineFigures.nameOf(engine));
        one.put("state", state(engine));
        one.put("nestedCheckouts", engine.nestedCheckouts());
        one.put("uncommittedCloses", EngineFigures.sum(engine.uncommittedCloses()));
        one.put("accidents", engine.accidents());
        if (engine.isClosed()) {
            one.put("leaked", EngineFigures.leaked(engine)); // what was seen of it is forgotten with its end
        } else if (seen != null) {
            one.put("leaked", seen.leaked());
            one.put("waits", quantiles(seen.waits()));
            one.put("commits", quantiles(seen.commits()));
        }
        return one;
    }

    private String state(Engine engine) {
        if (engine.isClosed()) {
            return "closed";
        }
        if (!engine.isQueue()) {
            return operation.settings().get(Setting.MODE) == Mode.OBSERVE ? "observed" : "not kept";
        }
        return engine.isSuspended() ? "suspended" : "";
    }

    private static Map<String, Object> quantiles(Latencies latencies) {
        long[] counts = latencies.counts();
        long all = 0;
        for (long each : counts) {
            all += each;
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("count", all);
        told.put("p50Micros", Latencies.quantileMicros(counts, 0.5));
        told.put("p99Micros", Latencies.quantileMicros(counts, 0.99));
        told.put("slowestMicros", TimeUnit.NANOSECONDS.toMicros(latencies.slowestNanos()));
        return told;
    }

    private static List<Object> steps(Latencies latencies) {
        List<Object> steps = new ArrayList<>();
        for (long each : latencies.counts()) {
            steps.add(each);
        }
        return steps;
    }

    private static Map<String, Object> details(Engine engine, @Nullable Seen seen, Settings settings) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("shownAs", EngineFigures.nameOf(engine));
        if (seen != null) {
            details.put("waitSteps", steps(seen.waits()));
            details.put("commitSteps", steps(seen.commits()));
        }
        details.put("holders", EngineFigures.holders(engine));
        List<Object> lines = new ArrayList<>();
        for (LeakSite site : engine.leaks()) {
            if (site.leaked() > 0) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("line", site.site());
                one.put("leaked", site.leaked());
                one.put("held", site.held());
                one.put("lastStatement", site.lastStatement());
                one.put("stack", EngineFigures.stack(site.stack()));
                lines.add(one);
            }
        }
        details.put("leaks", lines);
        details.put("uncommittedCloses", engine.uncommittedCloses());
        details.put("forgottenStatements", engine.forgottenStatements());
        details.put("nestedLines", engine.nestedLines());
        details.put(
                "settings",
                EngineFigures.settings(settings.ofEngine(engine.info().url()), true));
        return details;
    }

    private static Map<String, Object> slowFlushes(Figures figures) {
        long now = Ticker.SYSTEM.nanos();
        List<Object> latest = new ArrayList<>();
        for (SlowFlush slow : figures.slowFlushes()) {
            Flush flush = slow.flush();
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("session", flush.session().toString());
            one.put("trigger", flush.trigger().name().toLowerCase(Locale.ROOT));
            one.put("inserts", flush.inserts());
            one.put("updates", flush.updates());
            one.put("deletes", flush.deletes());
            one.put("collections", flush.collections());
            one.put("statements", flush.statements());
            one.put("millis", TimeUnit.NANOSECONDS.toMillis(slow.tookNanos()));
            one.put("secondsAgo", EngineFigures.seconds(now - slow.endNanos()));
            one.put("failure", slow.failure());
            one.put("thread", slow.thread());
            one.put("line", slow.site());
            one.put("stack", EngineFigures.stack(slow.stack()));
            latest.add(one);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("count", figures.slow());
        all.put("fromMillis", TimeUnit.NANOSECONDS.toMillis(SlowFlushes.FROM_NANOS));
        all.put("latest", latest);
        return all;
    }

    private static List<Object> settings(Settings settings) {
        List<Object> list = new ArrayList<>();
        for (Setting<?> setting : Setting.all()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", setting.shortName());
            one.put("value", settings.describe(setting));
            one.put("origin", settings.originText(setting));
            one.put("sentence", setting.sentence());
            list.add(one);
        }
        return list;
    }

    /** What was started: its arguments can be secrets, so the first word only. */
    private static String program() {
        String command = System.getProperty("sun.java.command", "").trim();
        int space = command.indexOf(' ');
        return space < 0 ? command : command.substring(0, space);
    }

    /** On Linux; the beans that know it elsewhere must not be loaded by us. Empty = not known. */
    private static String pid() {
        File self = new File("/proc/self");
        try {
            return self.exists() ? self.getCanonicalFile().getName() : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
