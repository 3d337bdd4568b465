package dev.poolwright.engine;

import dev.poolwright.jdbc.Lending;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What becomes of a listener's failure that reaches nobody: it is counted, and some are a line in the log. Any thread. */
final class ListenerFailures implements BiConsumer<@Nullable String, Throwable> {

    private volatile @Nullable Lending lending;

    /** Whose accidents they are. */
    void countedBy(Lending newLending) {
        lending = newLending;
    }

    @Override
    public void accept(@Nullable String line, Throwable failure) {
        Lending counts = lending;
        if (counts != null) {
            counts.accident(failure);
        }
        if (line != null) {
            LoggedReports.listenerFailed(line);
        }
    }
}
