package dev.poolwright.control;

import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.engine.Engine;
import dev.poolwright.engine.Engines;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Holder;
import dev.poolwright.event.LeakSite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What there is to know of one engine, as names and values: every number of {@code Engine.stats()} under its own name. */
public final class EngineFigures {

    private EngineFigures() {}

    /** The engines there are, by name. */
    public static List<Engine> sorted(Engines engines) {
        List<Engine> all = engines.all();
        Collections.sort(all, BY_NAME);
        return all;
    }

    /** The same, and those that are closed and wait for what they have lent. */
    public static List<Engine> withClosed(Engines engines) {
        List<Engine> all = sorted(engines);
        all.addAll(engines.closedLenders());
        return all;
    }

    /** As it is called in what is shown; its name may be that of its successor. */
    public static String nameOf(Engine engine) {
        return engine.info().name() + (engine.isClosed() ? " (closed)" : "");
    }

    private static final Comparator<Engine> BY_NAME = new Comparator<Engine>() {
        @Override
        public int compare(Engine one, Engine other) {
            return one.info().name().compareTo(other.info().name());
        }
    };

    /** Counts, state and settings. */
    static Map<String, Object> of(Engine engine, Settings settings) {
        Map<String, Object> figures = counts(engine);
        figures.put("leaked", leaked(engine));
        figures.put("nestedCheckouts", engine.nestedCheckouts());
        figures.put("uncommittedCloses", sum(engine.uncommittedCloses()));
        figures.put("accidents", engine.accidents());
        figures.put("settings", settings(settings.ofEngine(engine.info().url()), true));
        return figures;
    }

    /** What it is, and every number of {@code Engine.stats()}; looks at nothing that is lent. */
    public static Map<String, Object> counts(Engine engine) {
        Map<String, Object> figures = new LinkedHashMap<>();
        EngineInfo info = engine.info();
        figures.put("name", info.name());
        figures.put("url", info.url());
        figures.put("user", info.user());
        figures.put("system", info.system());
        figures.put("pooled", engine.isQueue());
        figures.put("suspended", engine.isSuspended());
        figures.put("isClosed", engine.isClosed());
        EngineStats stats = engine.stats();
        figures.put("size", stats.size());
        figures.put("overflow", stats.overflow());
        figures.put("leased", stats.leased());
        figures.put("idle", stats.idle());
        figures.put("waiting", stats.waiting());
        figures.put("opened", stats.opened());
        figures.put("closed", stats.closed());
        figures.put("resets", stats.resets());
        figures.put("resetClosings", stats.resetClosings());
        return figures;
    }

    /** How many connections were lost. */
    public static long leaked(Engine engine) {
        long all = 0;
        for (LeakSite site : engine.leaks()) {
            all += site.leaked();
        }
        return all;
    }

    /** Of all lines. */
    public static long sum(Map<String, Long> counts) {
        long all = 0;
        for (long each : counts.values()) {
            all += each;
        }
        return all;
    }

    /** Each setting with its value and where that comes from. */
    public static List<Object> settings(Settings settings, boolean ofEngine) {
        List<Object> list = new ArrayList<>();
        for (Setting<?> setting : Setting.all()) {
            if (!ofEngine || setting.isOfEngine()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("name", setting.shortName());
                one.put("value", settings.describe(setting));
                one.put("origin", settings.originText(setting));
                list.add(one);
            }
        }
        return list;
    }

    /** Who has its connections. */
    public static List<Object> holders(Engine engine) {
        List<Object> list = new ArrayList<>();
        for (Holder holder : engine.holders()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("line", holder.site());
            one.put("thread", holder.thread());
            one.put("heldSeconds", seconds(holder.heldNanos()));
            one.put("unusedSeconds", seconds(holder.unusedNanos()));
            one.put("inCall", holder.inCall());
            one.put("inTransaction", holder.inTransaction());
            one.put("lastStatement", holder.lastStatement());
            one.put("stack", stack(holder.stack()));
            list.add(one);
        }
        return list;
    }

    /** Its frames, a text each. */
    public static List<Object> stack(List<StackTraceElement> frames) {
        List<Object> stack = new ArrayList<>();
        for (StackTraceElement frame : frames) {
            stack.add(frame.toString());
        }
        return stack;
    }

    /** Which lines lose connections, or do other things that one day hurt. */
    public static Map<String, Object> leaks(Engine engine) {
        Map<String, Object> all = new LinkedHashMap<>();
        List<Object> lines = new ArrayList<>();
        for (LeakSite site : engine.leaks()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("line", site.site());
            one.put("leaked", site.leaked());
            one.put("held", site.held());
            one.put("oldestSeconds", seconds(site.oldestNanos()));
            one.put("lastStatement", site.lastStatement());
            one.put("stack", stack(site.stack()));
            lines.add(one);
        }
        all.put("lines", lines);
        all.put("uncommittedCloses", engine.uncommittedCloses());
        all.put("forgottenStatements", engine.forgottenStatements());
        all.put("nestedLines", engine.nestedLines());
        return all;
    }

    /** To a tenth. */
    public static double seconds(long nanos) {
        return Math.round(nanos / 1e8) / 10.0;
    }

    static String secondsText(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
