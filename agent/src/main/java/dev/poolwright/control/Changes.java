package dev.poolwright.control;

import dev.poolwright.config.Mode;
import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.engine.Engine;
import dev.poolwright.event.EngineStats;
import dev.poolwright.gate.Operation;
import dev.poolwright.time.Ticker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Commands that change something. Each says what it did; what cannot be done is refused as a whole. */
public final class Changes {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Operation operation;

    /** Of this JVM. */
    public Changes(Operation operation) {
        this.operation = operation;
    }

    /**
     * Changes settings.
     *
     * @param pairs {@code pool.size=10}; nothing after the sign takes a command back
     */
    public Answer set(List<String> pairs) {
        if (pairs.isEmpty()) {
            return new Answer(Answer.USAGE, "say what to set: set PID pool.size=10");
        }
        final List<String[]> changes = new ArrayList<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                return new Answer(Answer.USAGE, "a setting is written name=value, as in pool.size=10");
            }
            String name = pair.substring(0, equals).trim();
            for (Setting<?> setting : Setting.all()) {
                if (setting.isOfStart() && setting.shortName().equals(name)) {
                    return Answer.refused(
                            name + " counts when the JVM is started only: write it on its command line, or in the file"
                                    + " that config names. Nothing was changed.");
                }
            }
            changes.add(new String[] {name, pair.substring(equals + 1)});
        }
        try {
            List<String> done = operation.apply(new Operation.Change() {
                @Override
                public Settings of(Settings before) {
                    Settings changed = before;
                    for (String[] each : changes) {
                        changed = changed.with(each[0], each[1]);
                    }
                    for (String problem : changed.problems()) {
                        if (!before.problems().contains(problem)) {
                            throw new IllegalArgumentException(problem); // else it would be kept, and ignored
                        }
                    }
                    return changed;
                }
            });
            for (String[] each : changes) {
                if (Setting.MODE.shortName().equals(each[0]) && operation.tryAgain()) {
                    done.add("the agent had taken itself out after too many failures of its own; it works again");
                }
            }
            return Answer.ok(done.isEmpty() ? "no value in force is changed by that" : lines(done));
        } catch (IllegalArgumentException | IllegalStateException refused) {
            return Answer.refused(String.valueOf(refused.getMessage()));
        }
    }

    static String lines(List<String> lines) {
        StringBuilder out = new StringBuilder();
        for (String line : lines) {
            out.append(out.length() == 0 ? "" : "\n").append(Table.harmless(line));
        }
        return out.toString();
    }

    /**
     * Changes one engine's limits.
     *
     * @param pair {@code engine=10} or {@code engine=10+20}, the overflow; -1 = no limit
     */
    public Answer resize(String pair) {
        int equals = pair.lastIndexOf('=');
        if (equals <= 0) {
            return new Answer(Answer.USAGE, "say which engine, and how large: resize PID engine=10, or engine=10+20");
        }
        List<Engine> engines = named(pair.substring(0, equals));
        if (engines.isEmpty()) {
            return unknown(pair.substring(0, equals));
        }
        String numbers = pair.substring(equals + 1).trim();
        int plus = numbers.indexOf('+');
        int size;
        Integer overflow;
        try {
            size = Setting.POOL_SIZE.parse(plus < 0 ? numbers : numbers.substring(0, plus));
            overflow = plus < 0 ? null : Setting.POOL_OVERFLOW.parse(numbers.substring(plus + 1));
        } catch (IllegalArgumentException outOfRange) {
            return Answer.refused(String.valueOf(outOfRange.getMessage()));
        }
        for (Engine engine : engines) {
            if (!engine.isQueue()) {
                return Answer.refused(engine.info().name() + " keeps no connections: it has no size");
            }
        }
        List<String> done = new ArrayList<>();
        for (Engine engine : engines) {
            engine.resize(size, overflow == null ? engine.stats().overflow() : overflow);
            done.add(engine.info() + ": " + engine.stats());
        }
        return noted("resize", Answer.OK, done);
    }

    /** For the log file too: who reads it after an incident must see what somebody did. */
    private Answer noted(String command, int code, List<String> done) {
        operation.info("command " + command + ": " + done);
        return new Answer(code, lines(done));
    }

    /**
     * Suspends engines, waits until they have nothing lent, and closes what is idle.
     *
     * @param waitSeconds how long at the most
     */
    public Answer drain(String name, int waitSeconds) {
        List<Engine> engines = named(name);
        if (engines.isEmpty()) {
            return unknown(name);
        }
        for (Engine engine : engines) {
            if (!engine.isQueue()) {
                return Answer.refused(engine.info().name() + " keeps no connections: there is nothing to drain");
            }
        }
        long timeout = operation.settings().get(Setting.POOL_CHECKOUT_TIMEOUT);
        for (Engine engine : engines) {
            engine.suspend();
        }
        long end = Ticker.SYSTEM.nanos() + TimeUnit.SECONDS.toNanos(waitSeconds);
        while (leased(engines) > 0 && Ticker.SYSTEM.nanos() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        List<String> done = new ArrayList<>();
        for (Engine engine : engines) {
            engine.dispose();
            EngineStats stats = engine.stats();
            done.add(engine.info().name() + ": suspended, "
                    + (stats.leased() == 0 ? "drained" : stats.leased() + " still lent (see holders)")
                    + "; who asks for a connection waits until resume"
                    + (timeout == 0 ? "" : ", or fails after " + timeout + " ms (pool.checkoutTimeout)"));
        }
        return noted("drain", leased(engines) > 0 ? Answer.UNFINISHED : Answer.OK, done);
    }

    private static int leased(List<Engine> engines) {
        int all = 0;
        for (Engine engine : engines) {
            all += engine.stats().leased();
        }
        return all;
    }

    /** Ends what {@link #drain} began. */
    public Answer resume(String name) {
        List<Engine> engines = named(name);
        List<String> done = new ArrayList<>();
        for (Engine engine : engines) {
            engine.resume();
            done.add(engine.info() + ": " + engine.stats());
        }
        return engines.isEmpty() ? unknown(name) : noted("resume", Answer.OK, done);
    }

    /** Closes idle connections now, lent ones when they come back. */
    public Answer dispose(String name) {
        List<Engine> engines = named(name);
        List<String> done = new ArrayList<>();
        for (Engine engine : engines) {
            int idle = engine.stats().idle();
            engine.dispose();
            done.add(engine.info().name() + ": " + idle + " idle closed, "
                    + engine.stats().leased() + " lent are closed when they come back");
        }
        return engines.isEmpty() ? unknown(name) : noted("dispose", Answer.OK, done);
    }

    /** Closes idle connections now; lent ones come back as always. */
    public Answer dropIdle(String name) {
        List<Engine> engines = named(name);
        List<String> done = new ArrayList<>();
        for (Engine engine : engines) {
            int dropped = engine.dropIdle();
            done.add(engine.info().name() + ": " + dropped + " idle closed, "
                    + engine.stats().leased() + " lent are left alone");
        }
        return engines.isEmpty() ? unknown(name) : noted("drop-idle", Answer.OK, done);
    }

    /** Everything goes on as without us. */
    public Answer detach() {
        Answer set = set(Collections.singletonList(Setting.MODE.shortName() + "=off"));
        return new Answer(
                set.code(),
                set.text()
                        + "\nThe application goes on with plain connections. The agent's code stays loaded until the JVM ends,"
                        + " and does nothing; set PID mode=pool has it work again.");
    }

    /** The engine of that name, or all; empty where there is none. */
    private List<Engine> named(String name) {
        List<Engine> found = new ArrayList<>();
        for (Engine engine : EngineFigures.sorted(operation.engines())) {
            if (name.equals("all") || engine.info().name().equals(name)) {
                found.add(engine);
            }
        }
        return found;
    }

    private Answer unknown(String name) {
        StringBuilder names = new StringBuilder();
        for (Engine engine : EngineFigures.sorted(operation.engines())) {
            names.append(names.length() == 0 ? "" : ", ").append(engine.info().name());
        }
        if (names.length() == 0) {
            return Answer.refused(
                    operation.settings().get(Setting.MODE) == Mode.OFF
                            ? "there is no engine: the mode is off"
                            : "there is no engine yet: the application has asked for no connection");
        }
        return Answer.refused("no engine is called \"" + Table.harmless(name) + "\"; there are: "
                + Table.harmless(names.toString()) + "; or say all");
    }
}
