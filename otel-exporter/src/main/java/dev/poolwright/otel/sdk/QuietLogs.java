package dev.poolwright.otel.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what our copy of OpenTelemetry logs out of the application's {@code java.util.logging}: an exporter's stack traces
 * would appear in the application's output.
 *
 * <p>Logger names are shared by the whole JVM, and the application may have an OpenTelemetry of its own that logs to the
 * same ones. So each of them gets a filter that looks who logs: what classes of our loader say is dropped, everything
 * else goes on to the filter that was there. Filters, unlike levels and handlers, outlive an application that configures
 * its logging anew. Does nothing where our loader is the application's, whose lines could not be told from ours.
 */
final class QuietLogs implements Filter {

    // The JVM holds loggers weakly and would forget the filter with them.
    private static final List<Logger> KEPT = new ArrayList<>();

    private final ClassLoader ours;
    private final @Nullable Filter next;

    private QuietLogs(ClassLoader ours, @Nullable Filter next) {
        this.ours = ours;
        this.next = next;
    }

    /** Begins to filter. */
    static void begin() {
        ClassLoader ours = QuietLogs.class.getClassLoader();
        if (ours == null || isOfTheApplication(ours)) {
            return;
        }
        synchronized (KEPT) {
            if (KEPT.isEmpty()) {
                for (String name : LoggerNames.ALL) {
                    Logger logger = Logger.getLogger(LoggerNames.PREFIX + name);
                    logger.setFilter(new QuietLogs(ours, logger.getFilter()));
                    KEPT.add(logger);
                }
            }
        }
    }

    private static boolean isOfTheApplication(ClassLoader loader) {
        for (ClassLoader l = ClassLoader.getSystemClassLoader(); l != null; l = l.getParent()) {
            if (l == loader) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        return !Callers.reachedFrom(ours) && (next == null || next.isLoggable(line));
    }

    /** The classes on the stack; the only way to them that Java 8 has. */
    private static final class Callers extends SecurityManager {

        static boolean reachedFrom(ClassLoader ours) {
            for (Class<?> caller : new Callers().getClassContext()) {
                if (caller.getName().startsWith(LoggerNames.PREFIX)) {
                    return caller.getClassLoader() == ours;
                }
            }
            return false;
        }
    }
}
