package dev.poolwright.control.jmx;

import dev.poolwright.config.Setting;
import dev.poolwright.control.Changes;
import dev.poolwright.gate.Operation;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What concerns all engines. Any thread. */
final class AgentBean implements AgentMXBean {

    private final Operation operation;

    AgentBean(Operation operation) {
        this.operation = operation;
    }

    @Override
    public String getMode() {
        return operation.settings().get(Setting.MODE).name().toLowerCase(Locale.ROOT);
    }

    @Override
    public long getAccidents() {
        return operation.accidents();
    }

    @Override
    public boolean isOutOfOrder() {
        return operation.isOutOfOrder();
    }

    @Override
    public List<String> getProblems() {
        return operation.settings().problems();
    }

    @Override
    public Map<String, String> getSettings() {
        return EngineBean.settings(operation.settings(), false);
    }

    @Override
    public List<String> getReport() {
        return operation.observed();
    }

    @Override
    public String set(String name, String value) {
        return new Changes(operation)
                .set(Collections.singletonList(name + "=" + value))
                .text();
    }

    @Override
    public String detach() {
        return new Changes(operation).detach().text();
    }
}
