package dev.poolwright.engine;

import dev.poolwright.event.Leak;
import dev.poolwright.event.NestedCheckout;
import dev.poolwright.event.UncommittedClose;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes leaks, nested check-outs and closes with uncommitted changes to {@code java.util.logging}, logger {@code dev.poolwright}: the default of an engine
 * that an application builds itself. Never loaded by the agent, which must not touch that package.
 */
final class LoggedReports {

    private LoggedReports() {}

    static void leak(Leak leak) {
        warn(LeakText.of(leak));
    }

    static void nested(NestedCheckout nested) {
        warn(nested.toString());
    }

    static Consumer<NestedCheckout> nested() {
        return new Consumer<NestedCheckout>() {
            @Override
            public void accept(NestedCheckout nested) {
                nested(nested);
            }
        };
    }

    static void uncommitted(UncommittedClose close) {
        warn(close.toString());
    }

    static void listenerFailed(String line) {
        warn(line);
    }

    private static void warn(String line) {
        Logger.getLogger("dev.poolwright").log(Level.WARNING, line);
    }
}
