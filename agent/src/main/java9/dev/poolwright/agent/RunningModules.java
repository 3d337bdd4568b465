package dev.poolwright.agent;

import dev.poolwright.dialect.driver.DriverModules;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;

/** Asks and opens the modules of the running JVM directly. Compiled for Java 9, unlike its surroundings. */
final class RunningModules extends DriverModules {

    private final Instrumentation instrumentation;

    RunningModules(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    @Override
    protected boolean isExported(Class<?> type) {
        Module module = type.getModule();
        return !module.isNamed() || module.isExported(type.getPackageName());
    }

    @Override
    protected void openToUs(Class<?> type) {
        Module module = type.getModule();
        Module us = RunningModules.class.getModule();
        if (!module.isOpen(type.getPackageName(), us)) {
            instrumentation.redefineModule(
                    module, Set.of(), Map.of(), Map.of(type.getPackageName(), Set.of(us)), Set.of(), Map.of());
        }
    }
}
