package dev.poolwright.otel;

import dev.poolwright.otel.settings.ExporterSettings;

/**
 * A tracing agent in this JVM that turns what our copy of the OpenTelemetry API is told into spans of its own, linked to
 * the application's. Such agents are recognised by the classes they put into the boot loader.
 */
public final class RunningTracer {

    private static final String OPENTELEMETRY = "io.opentelemetry.javaagent.bootstrap.AgentInitializer";
    private static final String DATADOG = "datadog.trace.bootstrap.Agent";
    private static final String REPORTS_TRANSACTIONS = "otel.instrumentation.jdbc.experimental.transaction.enabled";

    private RunningTracer() {}

    /** Whether there is an agent that could be one; whether it is on depends on settings. Loads nothing but this class. */
    public static boolean mayBePresent() {
        return isBootClass(OPENTELEMETRY) || isBootClass(DATADOG);
    }

    /** Whether OpenTelemetry's agent is here, or Datadog's with its bridge for the OpenTelemetry API. */
    static boolean isPresent(ExporterSettings settings) {
        return isBootClass(OPENTELEMETRY) || (isBootClass(DATADOG) && isOn(settings, "dd.trace.otel.enabled"));
    }

    /** Whether it makes spans of {@code commit()} and {@code rollback()} itself. */
    static boolean reportsTransactions(ExporterSettings settings) {
        return isBootClass(OPENTELEMETRY) && isOn(settings, REPORTS_TRANSACTIONS);
    }

    private static boolean isOn(ExporterSettings settings, String name) {
        String value = settings.get(name);
        return "true".equalsIgnoreCase(value) || "1".equals(value);
    }

    private static boolean isBootClass(String name) {
        try {
            Class.forName(name, false, null);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
