package dev.poolwright.control;

import dev.poolwright.config.Mode;
import dev.poolwright.config.Origin;
import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.engine.Engine;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Holder;
import dev.poolwright.event.LeakSite;
import dev.poolwright.gate.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers to the questions that change nothing: status, holders, leaks, report; as tables, or as JSON. */
public final class Views {

    private final Operation operation;
    private final boolean json;

    /** As tables, or as JSON. */
    public Views(Operation operation, boolean json) {
        this.operation = operation;
        this.json = json;
    }

    static String mode(Settings settings) {
        return settings.get(Setting.MODE).name().toLowerCase(Locale.ROOT);
    }

    /** Engines with their counts, settings, what is wrong with them. */
    public Answer status() {
        Settings settings = operation.settings();
        List<Engine> engines = EngineFigures.withClosed(operation.engines());
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("mode", mode(settings));
            all.put("outOfOrder", operation.isOutOfOrder());
            all.put("accidents", operation.accidents());
            List<Object> list = new ArrayList<>();
            for (Engine engine : engines) {
                list.add(EngineFigures.of(engine, settings));
            }
            all.put("engines", list);
            all.put("settings", EngineFigures.settings(settings, false));
            all.put("problems", settings.problems());
            return Answer.ok(Json.of(all));
        }
        StringBuilder out = new StringBuilder();
        out.append("mode ").append(mode(settings)).append(", ");
        out.append(engines.size()).append(engines.size() == 1 ? " engine" : " engines");
        out.append(", ").append(operation.accidents()).append(" suppressed errors");
        out.append(operation.isOutOfOrder() ? "; OUT OF ORDER after too many of them\n" : "\n");
        if (!engines.isEmpty()) {
            out.append('\n');
            engineTable(engines).appendTo(out);
        }
        out.append('\n');
        settingsTable(settings, engines).appendTo(out);
        for (String problem : settings.problems()) {
            out.append("\nignored: ").append(Table.harmless(problem));
        }
        return Answer.ok(out.toString().trim());
    }

    private Table engineTable(List<Engine> engines) {
        Table table = new Table(
                "ENGINE",
                "SIZE",
                "OVERFLOW",
                "LEASED",
                "IDLE",
                "WAITING",
                "OPENED",
                "CLOSED",
                "RESET",
                "LEAKED",
                "STATE");
        for (Engine engine : engines) {
            EngineStats stats = engine.stats();
            table.row(
                    EngineFigures.nameOf(engine),
                    engine.isQueue() ? String.valueOf(stats.size()) : "-",
                    engine.isQueue() && stats.overflow() >= 0 ? String.valueOf(stats.overflow()) : "-",
                    stats.leased(),
                    stats.idle(),
                    stats.waiting(),
                    stats.opened(),
                    stats.closed(),
                    stats.resets() + stats.resetClosings(),
                    EngineFigures.leaked(engine),
                    state(engine));
        }
        return table;
    }

    private String state(Engine engine) {
        if (engine.isClosed()) {
            return "closed, waits for what is lent";
        }
        if (!engine.isQueue()) {
            return operation.settings().get(Setting.MODE) == Mode.OBSERVE ? "observed" : "not kept";
        }
        return engine.isSuspended() ? "suspended" : "";
    }

    /** What differs from the defaults; then what rules say for engines. */
    private static Table settingsTable(Settings settings, List<Engine> engines) {
        Table table = new Table("SETTING", "VALUE", "FROM");
        for (Setting<?> setting : Setting.all()) {
            if (settings.originOf(setting) != Origin.DEFAULT || setting == Setting.MODE || setting.isOfSize()) {
                table.row(setting.shortName(), settings.describe(setting), settings.originText(setting));
            }
        }
        for (Engine engine : engines) {
            Settings its = settings.ofEngine(engine.info().url());
            for (Setting<?> setting : Setting.all()) {
                if (!engine.isClosed()
                        && its != settings
                        && !its.originText(setting).equals(settings.originText(setting))) {
                    table.row(
                            setting.shortName() + " of " + engine.info().name(),
                            its.describe(setting),
                            its.originText(setting));
                }
            }
            if (engine.isQueue() && !engine.isClosed()) {
                resized(table, engine, Setting.POOL_SIZE, its, engine.stats().size());
                resized(
                        table,
                        engine,
                        Setting.POOL_OVERFLOW,
                        its,
                        engine.stats().overflow());
            }
        }
        return table;
    }

    private static void resized(Table table, Engine engine, Setting<Integer> setting, Settings its, int now) {
        if (its.get(setting) != now) {
            table.row(setting.shortName() + " of " + engine.info().name(), String.valueOf(now), "command resize");
        }
    }

    /** Who has a connection. */
    public Answer holders() {
        List<Engine> engines = EngineFigures.withClosed(operation.engines());
        Map<String, Object> all = new LinkedHashMap<>();
        Table table = new Table("ENGINE", "HELD", "UNUSED", "NOW", "THREAD", "ACQUIRED AT", "LAST STATEMENT");
        boolean isFirstLook = false;
        for (Engine engine : engines) {
            if (json) {
                all.put(EngineFigures.nameOf(engine), EngineFigures.holders(engine));
                continue;
            }
            for (Holder holder : engine.holders()) {
                // Nobody has noted when it was used; a second look tells whether it was since the first.
                boolean unknown = holder.unusedNanos() == 0 && !holder.inCall();
                isFirstLook |= unknown;
                table.row(
                        EngineFigures.nameOf(engine),
                        EngineFigures.secondsText(holder.heldNanos()),
                        unknown ? "?" : EngineFigures.secondsText(holder.unusedNanos()),
                        holder.inCall() ? "in a call" : holder.inTransaction() ? "in a transaction" : "",
                        holder.thread(),
                        holder.site(),
                        holder.lastStatement());
            }
        }
        if (json) {
            return Answer.ok(Json.of(all));
        }
        Answer answer = table(table, "nobody holds a connection");
        return isFirstLook
                ? Answer.ok(
                        answer.text()
                                + "\n\n?  is counted from the look before on, if it was not used since: ask again, or use --watch")
                : answer;
    }

    /** Lines that lose connections, or leave statements open, or changes uncommitted. */
    public Answer leaks() {
        List<Engine> engines = EngineFigures.withClosed(operation.engines());
        Map<String, Object> all = new LinkedHashMap<>();
        Table table = new Table("ENGINE", "LEAKED", "HELD", "OLDEST", "ACQUIRED AT");
        StringBuilder more = new StringBuilder();
        for (Engine engine : engines) {
            if (json) {
                all.put(EngineFigures.nameOf(engine), EngineFigures.leaks(engine));
                continue;
            }
            for (LeakSite site : engine.leaks()) {
                table.row(
                        EngineFigures.nameOf(engine),
                        site.leaked(),
                        site.held(),
                        EngineFigures.secondsText(site.oldestNanos()),
                        site.site());
            }
            counts("closed with uncommitted changes [PW-206]", engine, engine.uncommittedCloses(), more);
            counts("statements left open [PW-205]", engine, engine.forgottenStatements(), more);
            counts("asked for a second connection while holding one [PW-301]", engine, engine.nestedLines(), more);
        }
        if (json) {
            return Answer.ok(Json.of(all));
        }
        StringBuilder out = new StringBuilder();
        if (!table.isEmpty()) {
            table.appendTo(out);
        }
        out.append(more);
        return Answer.ok(
                out.length() == 0
                        ? "no leak, and nobody holds a connection"
                        : out.toString().trim());
    }

    private static void counts(String what, Engine engine, Map<String, Long> byLine, StringBuilder out) {
        if (byLine.isEmpty()) {
            return;
        }
        out.append('\n')
                .append(what)
                .append(", ")
                .append(Table.harmless(EngineFigures.nameOf(engine)))
                .append('\n');
        Table table = new Table("TIMES", "LINE");
        List<Map.Entry<String, Long>> worstFirst = new ArrayList<>(byLine.entrySet());
        Collections.sort(worstFirst, new Comparator<Map.Entry<String, Long>>() {
            @Override
            public int compare(Map.Entry<String, Long> one, Map.Entry<String, Long> other) {
                return Long.compare(other.getValue(), one.getValue());
            }
        });
        for (Map.Entry<String, Long> each : worstFirst) {
            table.row(each.getValue(), each.getKey());
        }
        table.appendTo(out);
    }

    /** What pooling would have done. */
    public Answer report() {
        List<String> lines = operation.observed();
        if (json) {
            return Answer.ok(Json.of(lines));
        }
        StringBuilder out = new StringBuilder();
        for (String line : lines) {
            out.append(Table.harmless(line)).append('\n');
        }
        if (out.length() == 0) {
            return Answer.ok(
                    operation.settings().get(Setting.MODE) == Mode.OBSERVE
                            ? "no connection was asked for so far"
                            : "nothing is observed: the mode is " + mode(operation.settings())
                                    + "; set PID mode=observe first");
        }
        return Answer.ok(out.toString().trim());
    }

    private static Answer table(Table table, String otherwise) {
        if (table.isEmpty()) {
            return Answer.ok(otherwise);
        }
        StringBuilder out = new StringBuilder();
        table.appendTo(out);
        return Answer.ok(out.toString().trim());
    }
}
