package dev.poolwright.agent;

import dev.poolwright.jdbc.generate.ModuleExports;

/** Asks the modules of the running JVM directly. Compiled for Java 9, unlike its surroundings. */
final class RunningModules extends ModuleExports {

    @Override
    protected boolean isExported(Class<?> type) {
        Module module = type.getModule();
        return !module.isNamed() || module.isExported(type.getPackageName());
    }
}
