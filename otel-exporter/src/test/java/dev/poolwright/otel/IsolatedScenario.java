package dev.poolwright.otel;

import dev.poolwright.otel.settings.ExporterSettings;
import java.time.Duration;
import java.util.logging.Logger;

/** What the agent does inside its loader, for {@link IsolatedProgram}. */
public final class IsolatedScenario {

    private IsolatedScenario() {}

    /** Starts an exporter of {@code kind} from the process's settings, tells it of a few things and closes it. */
    public static void run(String kind) {
        Exporter exporter = Exporter.start(ExporterSettings.of(
                ExporterSettings.Kind.valueOf(kind),
                line -> System.err.println("[poolwright] WARN " + line),
                System.err::println));
        if (exporter == null) {
            System.out.println("no exporter");
            return;
        }
        Events.everything(exporter.listener());
        System.out.println("exports to " + exporter.target());
        IsolatedProgram.threads().forEach(thread -> System.out.println("thread " + thread));
        System.out.println("all arrived: " + exporter.close(Duration.ofSeconds(20)));
        System.out.println("dropped " + exporter.droppedByFailure() + ", accidents " + exporter.accidents());
        // The application's own OpenTelemetry would log to the same loggers.
        Logger.getLogger("io.opentelemetry.exporter.otlp.internal.HttpExporter").warning("the application's own line");
    }
}
