package dev.poolwright.session.library;

import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionInfo;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** OpenJPA 3 and 4: the EntityManager of javax and of jakarta. */
final class OpenJpa extends Library {

    private static final Getter STATE = new Getter("getPCState");
    private static final Getter IS_FLUSHED = new Getter("isFlushed");
    private static final Getter IS_FLUSHED_DIRTY = new Getter("isFlushedDirty");

    OpenJpa() {
        super(new SessionInfo("openjpa", "EntityManager"));
    }

    /** The store, and the states of the objects to be flushed: chosen from as its update manager does. */
    @Override
    @Nullable
    Flush flush(Object store, @Nullable Object states) throws Throwable {
        if (!(states instanceof Collection)) {
            return null;
        }
        int inserts = 0;
        int updates = 0;
        int deletes = 0;
        for (Object each : (Collection<?>) states) {
            Object state = STATE.of(each);
            boolean flushed = (Boolean) IS_FLUSHED.of(each);
            switch (state == null ? "" : state.getClass().getSimpleName()) {
                case "PNewState":
                    if (!flushed) {
                        inserts++;
                    } else if ((Boolean) IS_FLUSHED_DIRTY.of(each)) {
                        updates++;
                    }
                    break;
                case "PDirtyState":
                    if (!flushed || (Boolean) IS_FLUSHED_DIRTY.of(each)) {
                        updates++;
                    }
                    break;
                case "PDeletedState":
                case "PNewFlushedDeletedState":
                    deletes++;
                    break;
                default:
            }
        }
        if (inserts + updates + deletes == 0) {
            return null;
        }
        return new Flush(usual, Enclosing.triggerOr(Flush.Trigger.EXPLICIT), inserts, updates, deletes, 0);
    }
}
