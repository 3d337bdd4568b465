package dev.poolwright.control.jmx;

import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.control.Changes;
import dev.poolwright.control.EngineFigures;
import dev.poolwright.engine.Engine;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Holder;
import dev.poolwright.event.LeakSite;
import dev.poolwright.gate.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One engine. Any thread. */
final class EngineBean implements EngineMXBean {

    private final Engine engine;
    private final Operation operation;

    EngineBean(Engine engine, Operation operation) {
        this.engine = engine;
        this.operation = operation;
    }

    private EngineStats stats() {
        return engine.stats();
    }

    @Override
    public String getName() {
        return engine.info().name();
    }

    @Override
    public String getUrl() {
        return engine.info().url();
    }

    @Override
    public @Nullable String getUser() {
        return engine.info().user();
    }

    @Override
    public String getSystem() {
        return engine.info().system();
    }

    @Override
    public boolean isPooled() {
        return engine.isQueue();
    }

    @Override
    public boolean isSuspended() {
        return engine.isSuspended();
    }

    @Override
    public int getSize() {
        return stats().size();
    }

    @Override
    public int getOverflow() {
        return stats().overflow();
    }

    @Override
    public int getLeased() {
        return stats().leased();
    }

    @Override
    public int getIdle() {
        return stats().idle();
    }

    @Override
    public int getWaiting() {
        return stats().waiting();
    }

    @Override
    public long getOpened() {
        return stats().opened();
    }

    @Override
    public long getClosed() {
        return stats().closed();
    }

    @Override
    public long getResets() {
        return stats().resets();
    }

    @Override
    public long getResetClosings() {
        return stats().resetClosings();
    }

    @Override
    public long getLeaked() {
        return EngineFigures.leaked(engine);
    }

    @Override
    public long getNestedCheckouts() {
        return engine.nestedCheckouts();
    }

    @Override
    public long getUncommittedCloses() {
        return EngineFigures.sum(engine.uncommittedCloses());
    }

    @Override
    public long getAccidents() {
        return engine.accidents();
    }

    @Override
    public List<String> getHolders() {
        List<String> lines = new ArrayList<>();
        for (Holder holder : engine.holders()) {
            lines.add(holder.toString());
        }
        return lines;
    }

    @Override
    public List<String> getLeaks() {
        List<String> lines = new ArrayList<>();
        for (LeakSite site : engine.leaks()) {
            lines.add(site.toString());
        }
        return lines;
    }

    @Override
    public Map<String, String> getSettings() {
        return settings(operation.settings().ofEngine(engine.info().url()), true);
    }

    static Map<String, String> settings(Settings settings, boolean ofEngine) {
        Map<String, String> values = new TreeMap<>();
        for (Setting<?> setting : Setting.all()) {
            if (!ofEngine || setting.isOfEngine()) {
                values.put(setting.shortName(), settings.describe(setting) + " (" + settings.originText(setting) + ")");
            }
        }
        return values;
    }

    @Override
    public void resize(int size, int overflow) {
        engine.resize(size, overflow);
    }

    @Override
    public void suspend() {
        engine.suspend();
    }

    @Override
    public void resume() {
        engine.resume();
    }

    @Override
    public String drain(int seconds) {
        return new Changes(operation).drain(engine.info().name(), seconds).text();
    }

    @Override
    public void dispose() {
        engine.dispose();
    }
}
