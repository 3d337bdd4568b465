package dev.poolwright.control;

import dev.poolwright.config.Mode;
import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.engine.Engine;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Holder;
import dev.poolwright.event.LeakSite;
import dev.poolwright.gate.Operation;
import dev.poolwright.gate.Untouched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at all engines for a second and says in sentences what is not well and what to do, worst first; then what is only
 * good to know.
 */
public final class Doctor {

    private static final int LOOKS = 20;
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONG_UNUSED_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** From this size on a pool can be too large. */
    private static final int LARGE = 10;

    private final Operation operation;
    private final List<String> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** One look. */
    public Doctor(Operation operation) {
        this.operation = operation;
    }

    /** Takes a second. */
    public Answer answer(boolean json) {
        Settings settings = operation.settings();
        List<Engine> engines = EngineFigures.sorted(operation.engines());
        Map<Engine, int[]> most = watched(engines);
        ofAgent(settings);
        for (Map.Entry<Engine, int[]> each : most.entrySet()) {
            Engine engine = each.getKey();
            ofLimits(engine, each.getValue());
            ofHolders(engine);
            ofLines(engine);
            ofSessions(engine);
        }
        for (Engine closed : operation.engines().closedLenders()) {
            ofHolders(closed);
            ofLines(closed);
        }
        twice(engines);
        notKept(settings, engines);
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("findings", findings);
            all.put("notes", notes);
            return new Answer(findings.isEmpty() ? Answer.OK : Answer.FOUND, Json.of(all));
        }
        StringBuilder out = new StringBuilder();
        if (findings.isEmpty()) {
            out.append(settings.get(Setting.MODE) == Mode.OFF ? "Nothing is watched: " : "All is well: ")
                    .append(engines.size())
                    .append(engines.size() == 1 ? " engine" : " engines");
            out.append(", nobody waits, nothing leaked.\n");
        }
        for (String finding : findings) {
            out.append("! ").append(Table.harmless(finding)).append('\n');
        }
        for (String note : notes) {
            out.append("- ").append(Table.harmless(note)).append('\n');
        }
        return new Answer(
                findings.isEmpty() ? Answer.OK : Answer.FOUND, out.toString().trim());
    }

    /** For each how many were lent and how many waited, at the most of several looks; how many waited at the least. */
    private static Map<Engine, int[]> watched(List<Engine> engines) {
        Map<Engine, int[]> most = new LinkedHashMap<>();
        for (int look = 0; look < LOOKS; look++) {
            for (Engine engine : engines) {
                EngineStats stats = engine.stats();
                int[] known = most.get(engine);
                if (known == null) {
                    known = new int[] {0, 0, Integer.MAX_VALUE};
                    most.put(engine, known);
                }
                known[0] = Math.max(known[0], stats.leased());
                known[1] = Math.max(known[1], stats.waiting());
                known[2] = Math.min(known[2], stats.waiting());
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
        return most;
    }

    private void ofAgent(Settings settings) {
        if (operation.isOutOfOrder()) {
            findings.add(
                    "The agent has taken itself out after too many errors of its own: connections are not pooled. The log file"
                            + " has the first of them; please report it. set PID mode=pool tries again.");
        } else if (operation.accidents() > 0) {
            findings.add("The agent has suppressed " + operation.accidents()
                    + " errors of its own; the application did not notice. The log file (setting log) has the first of them: please"
                    + " report it.");
        }
        if (settings.get(Setting.MODE) == Mode.OFF) {
            notes.add("The mode is off: the application has plain connections. set PID mode=pool pools them.");
        } else if (settings.get(Setting.MODE) == Mode.OBSERVE) {
            notes.add(
                    "The mode is observe: nothing is pooled. report PID says what pooling would do; set PID mode=pool does it.");
        }
        for (String problem : settings.problems()) {
            findings.add("A setting is ignored: " + problem);
        }
    }

    private void ofLimits(Engine engine, int[] most) {
        EngineStats stats = engine.stats();
        String name = engine.info().name();
        if (engine.isSuspended()) {
            findings.add(name + " is suspended: " + stats.waiting() + " threads wait until somebody says resume PID "
                    + name + ".");
        } else if (stats.overflow() >= 0 && engine.isQueue()) {
            int cap = stats.size() + stats.overflow();
            if (most[2] > 0 && most[0] >= cap) {
                findings.add(name + " is exhausted: all " + cap + " connections are lent and up to " + most[1]
                        + " threads wait." + longest(engine)
                        + " If those are just slow, it is too small: resize PID " + name + "="
                        + stats.size() + "+" + (stats.overflow() + most[1])
                        + ", or take the cap away: set PID pool.overflow=-1.");
            } else if (most[1] > 0) {
                notes.add(name + ": up to " + most[1] + " threads wait for a connection now and then; the cap is " + cap
                        + ".");
            }
        } else if (most[1] > 0) {
            notes.add(name + ": up to " + most[1]
                    + " threads wait a moment for a connection to come back rather than open one.");
        }
        if (engine.isQueue() && most[0] > stats.size()) {
            notes.add(name + " lends up to " + most[0] + " at once and keeps " + stats.size()
                    + ": the others are opened and closed as the load comes and goes. If that is the usual load, set PID pool.size="
                    + most[0] + ".");
        }
        if (engine.isQueue() && stats.idle() >= LARGE && most[0] * 4 < stats.idle()) {
            notes.add(name + " may be too large: " + stats.idle() + " are idle and at most " + most[0]
                    + " were lent at once in the last second. If that is the usual load: resize PID " + name + "="
                    + Math.max(1, 2 * most[0]) + ".");
        }
    }

    private static String longest(Engine engine) {
        List<Holder> holders = engine.holders();
        return holders.isEmpty() ? "" : " Held longest: " + holders.get(0) + ".";
    }

    private void ofHolders(Engine engine) {
        String name = EngineFigures.nameOf(engine);
        int told = 0;
        for (Holder holder : engine.holders()) {
            boolean unused = !holder.inCall() && holder.unusedNanos() >= LONG_UNUSED_NANOS;
            if (unused && told++ < 3) {
                findings.add(name + ": a connection is held and not used, " + holder
                        + ". Close it where the work ends; leak.reclaimAfter takes such connections back.");
            }
        }
    }

    private void ofLines(Engine engine) {
        String name = EngineFigures.nameOf(engine);
        int told = 0;
        for (LeakSite site : engine.leaks()) {
            if (site.leaked() > 0 && told++ < 5) {
                findings.add(name + ": " + site.leaked() + (site.leaked() == 1 ? " connection" : " connections")
                        + " acquired at " + site.site() + (site.leaked() == 1 ? " was" : " were")
                        + " never closed, and taken back [PW-201]. Close them there, best with try-with-resources.");
            }
        }
        for (Map.Entry<String, Long> each : engine.nestedLines().entrySet()) {
            notes.add(name + ": a thread that had a connection asked for another " + each.getValue() + " times, "
                    + each.getKey() + ". With a cap such threads can wait for each other [PW-301].");
        }
        for (Map.Entry<String, Long> each : engine.uncommittedCloses().entrySet()) {
            notes.add(name + ": " + each.getKey() + " has closed a connection with uncommitted changes "
                    + each.getValue() + " times; they end as the driver ends them [PW-206].");
        }
        for (Map.Entry<String, Long> each : engine.forgottenStatements().entrySet()) {
            notes.add(name + ": about " + each.getValue() + " statements opened at " + each.getKey()
                    + " were never closed [PW-205].");
        }
        if (engine.accidents() > 0) {
            findings.add(name + ": " + engine.accidents() + " errors of ours or of a listener were suppressed.");
        }
    }

    private void ofSessions(Engine engine) {
        EngineStats stats = engine.stats();
        if (stats.resets() + stats.resetClosings() > 0) {
            notes.add(engine.info().name() + ": " + stats.resets() + " sessions were reset and " + stats.resetClosings()
                    + " connections closed instead, because of " + engine.resetCauses()
                    + "; each costs a round trip, or a connect (docs/session-state.md).");
        }
    }

    private void twice(List<Engine> engines) {
        Map<String, List<String>> byDatabase = new LinkedHashMap<>();
        for (Engine engine : engines) {
            String database = engine.info().url()
                    + (engine.info().user() == null
                            ? ""
                            : ", user " + engine.info().user());
            List<String> names = byDatabase.get(database);
            if (names == null) {
                names = new ArrayList<>();
                byDatabase.put(database, names);
            }
            names.add(engine.info().name());
        }
        for (Map.Entry<String, List<String>> each : byDatabase.entrySet()) {
            if (each.getValue().size() > 1) {
                notes.add(each.getValue() + " lead to the same database (" + each.getKey()
                        + "): connections with other properties, by another way in or of another application cannot be shared. Each has"
                        + " its own size.");
            }
        }
    }

    private void notKept(Settings settings, List<Engine> engines) {
        if (settings.get(Setting.MODE) == Mode.POOL) {
            for (Engine engine : engines) {
                if (!engine.isQueue()) {
                    notes.add(engine.info().name() + " is not pooled: "
                            + (settings.ofEngine(engine.info().url())
                                            .get(Setting.POOL_KIND)
                                            .equals("auto")
                                    ? "an embedded database lives, or locks its file, as long as its last connection. pool.kind=queue"
                                            + " pools it all the same."
                                    : "pool.kind says so."));
                }
            }
        }
        for (Map.Entry<String, String> each : Untouched.all().entrySet()) {
            notes.add(each.getKey() + " is not pooled: " + each.getValue() + ".");
        }
    }
}
