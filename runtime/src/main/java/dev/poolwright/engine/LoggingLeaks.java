package dev.poolwright.engine;

import dev.poolwright.event.Leak;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes leaks to {@code java.util.logging}, logger {@code dev.poolwright}: the default of an engine that an application
 * builds itself. Never loaded by the agent, which must not touch that package.
 */
final class LoggingLeaks implements Consumer<Leak> {

    @Override
    public void accept(Leak leak) {
        Logger.getLogger("dev.poolwright").log(Level.WARNING, LeakText.of(leak));
    }
}
