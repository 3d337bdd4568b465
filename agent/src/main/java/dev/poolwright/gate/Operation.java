package dev.poolwright.gate;

import dev.poolwright.config.Mode;
import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.engine.Engine;
import dev.poolwright.engine.Engines;
import dev.poolwright.forecast.Forecast;
import dev.poolwright.gate.figures.Figures;
import dev.poolwright.house.Housekeeper;
import java.sql.PoolwrightHook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What whoever operates this JVM can see and change while it runs. Loaded with the first command, or the first look by JMX.
 * Any thread may call; changes are one after the other.
 */
public final class Operation {

    private static final Object LOCK = new Object();
    private static final AtomicLong OF_OPERATORS = new AtomicLong();

    private final Gate gate;

    private Operation(Gate gate) {
        this.gate = gate;
    }

    /** Of this JVM; null as long as nothing of JDBC was woven. */
    public static @Nullable Operation current() {
        Gate gate = Gate.opened();
        return gate == null ? null : new Operation(gate);
    }

    /** What is set now. */
    public Settings settings() {
        return engines().settings();
    }

    /** The engines there are now, and those to come. */
    public Engines engines() {
        return gate.engines();
    }

    /** Whether the gate has taken itself out, after too many failures of ours. */
    public boolean isOutOfOrder() {
        return gate.accidents().wereTooMany();
    }

    /** Failures of ours that were kept from the application. */
    public long accidents() {
        return gate.accidents().total() + Housekeeper.shared().failedTicks() + OF_OPERATORS.get();
    }

    /** One happened while an operator was answered: counted, and the first is a line; none has the gate take itself out. */
    public void accident(Throwable accident) {
        if (OF_OPERATORS.incrementAndGet() == 1) {
            gate.log().warn("an accident while an operator was answered, the application did not notice", accident);
        }
    }

    /** What pooling would have done so far; empty unless the mode is {@code observe}. */
    public List<String> observed() {
        Forecast forecast = gate.telemetry().forecast();
        List<String> lines = forecast == null ? new ArrayList<String>() : forecast.lines();
        lines.addAll(engines().resetLines());
        return lines;
    }

    /** Makes other settings of those that count. */
    public interface Change {

        /**
         * Called while no other change is made.
         *
         * @throws IllegalArgumentException that cannot be set
         */
        Settings of(Settings before);
    }

    /**
     * Has what {@code change} makes of the settings count from now on.
     *
     * @return what that has done, a line each
     * @throws IllegalStateException    an engine is suspended, and it would not stay so
     * @throws IllegalArgumentException as {@code change} says
     */
    public List<String> apply(Change change) {
        synchronized (LOCK) {
            Settings before = settings();
            Settings changed = change.of(before);
            String suspended = changed.get(Setting.MODE) == Mode.OFF ? null : suspended();
            if (suspended != null && engines().wouldRenew(changed)) {
                throw new IllegalStateException(
                        suspended + " is suspended, and would be made anew by that: resume it first");
            }
            List<String> told = new ArrayList<>();
            for (Setting<?> setting : Setting.all()) {
                if (!before.get(setting).equals(changed.get(setting))) {
                    told.add(told(setting, before, changed));
                }
            }
            Mode mode = changed.get(Setting.MODE);
            boolean otherMode = before.get(Setting.MODE) != mode;
            if (otherMode && mode == Mode.OFF) {
                // Nobody is let in first, then the engines go.
                PoolwrightHook.install(new ClosedGate(gate));
                gate.stopWatching();
            }
            if (otherMode && mode != Mode.OBSERVE) {
                gate.telemetry().forecast(null);
            }
            List<String> anew = engines().settings(changed);
            boolean otherPool = !before.get(Setting.POOL_SIZE).equals(changed.get(Setting.POOL_SIZE))
                    || !before.get(Setting.POOL_IDLE_TIMEOUT).equals(changed.get(Setting.POOL_IDLE_TIMEOUT));
            if (mode == Mode.OBSERVE && (otherMode || otherPool)) {
                gate.telemetry().forecast(Gate.forecast(changed));
            }
            if (mode != Mode.OFF && otherMode) {
                open();
            }
            Collections.sort(anew);
            for (String name : anew) {
                told.add(name + ": closed, "
                        + (mode == Mode.OFF
                                ? "what it has lent is closed when it is given back"
                                : "made anew with the next connection, with counts from 0 and the size that is set; what it has"
                                        + " lent works on"));
            }
            if (!told.isEmpty()) {
                gate.log().info("settings changed while running: " + told);
            }
            return told;
        }
    }

    /**
     * Has a gate that took itself out work again.
     *
     * @return whether it had, and works now
     */
    public boolean tryAgain() {
        synchronized (LOCK) {
            boolean closed = isOutOfOrder() && settings().get(Setting.MODE) != Mode.OFF;
            if (closed) {
                open();
            }
            return closed;
        }
    }

    private void open() {
        gate.accidents().forgetTooMany();
        PoolwrightHook.install(new PrivilegedGate(gate));
    }

    private @Nullable String suspended() {
        for (Engine engine : engines().all()) {
            if (engine.isSuspended()) {
                return engine.info().name();
            }
        }
        return null;
    }

    /** What the page shows beyond counts; null = there is no page. */
    public @Nullable Figures figures() {
        return gate.telemetry().figures();
    }

    /** There is no page after all: nothing is counted for it. */
    public void noFigures() {
        gate.telemetry().noFigures();
    }

    /** Says it where the agent speaks. */
    public void warn(String problem) {
        gate.log().warn(problem);
    }

    /** Says on stderr what somebody has asked for. */
    public void show(String line) {
        gate.log().show("[poolwright] " + line);
    }

    /** Says it in the log file, if there is one. */
    public void info(String fact) {
        gate.log().info(fact);
    }

    private static <T> String told(Setting<T> setting, Settings before, Settings changed) {
        return setting.shortName() + ": " + before.describe(setting) + " -> " + changed.describe(setting) + " ("
                + changed.originText(setting) + ")"
                + (setting.isOfStart() ? "; counts when the JVM is started again" : "");
    }
}
