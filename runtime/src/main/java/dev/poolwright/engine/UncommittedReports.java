package dev.poolwright.engine;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.UncommittedClose;
import dev.poolwright.jdbc.UncommittedLines;
import dev.poolwright.leak.Origin;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells of closes with uncommitted changes: the listener of each, the log of some. Any thread. */
final class UncommittedReports implements UncommittedLines.Listener {

    private final EngineInfo engine;
    private final Telling telling;
    private final @Nullable Consumer<? super UncommittedClose> sink;

    /** @param sink is told of those worth a line; null = {@code java.util.logging} */
    UncommittedReports(EngineInfo engine, Telling telling, @Nullable Consumer<? super UncommittedClose> sink) {
        this.engine = engine;
        this.telling = telling;
        this.sink = sink;
    }

    @Override
    public void closed(Origin closing, long count, boolean committed) {
        UncommittedClose close =
                new UncommittedClose(engine, closing.site(), closing.stack(), closing.thread(), count, committed);
        telling.uncommitted(close);
        if (!close.isWorthALine()) {
            return;
        }
        if (sink == null) {
            LoggedReports.uncommitted(close);
        } else {
            sink.accept(close);
        }
    }
}
