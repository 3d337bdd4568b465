package dev.poolwright.session.library;

import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionInfo;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** EclipseLink 2.7 and 4: the EntityManager of javax and of jakarta. */
final class EclipseLink extends Library {

    private static final Getter CHANGES = new Getter("getUnitOfWorkChangeSet");
    private static final Getter CHANGE_SETS = new Getter("getAllChangeSets");
    private static final Getter DELETED = new Getter("getDeletedObjects");
    private static final Getter IS_NEW = new Getter("isNew");
    private static final Getter HAS_CHANGES = new Getter("hasChanges");
    private static final Getter CHANGED = new Getter("getChanges");

    EclipseLink() {
        super(new SessionInfo("eclipselink", "EntityManager"));
    }

    /** The unit of work. */
    @Override
    @Nullable
    Flush flush(Object unitOfWork, @Nullable Object none) throws Throwable {
        Object changes = CHANGES.of(unitOfWork);
        if (changes == null) {
            return null;
        }
        int inserts = 0;
        int updates = 0;
        int collections = 0;
        for (Object each : ((Map<?, ?>) CHANGE_SETS.of(changes)).keySet()) {
            if ((Boolean) IS_NEW.of(each)) {
                inserts++;
            } else if ((Boolean) HAS_CHANGES.of(each)) {
                updates++;
            }
            collections += collectionsIn((Collection<?>) CHANGED.of(each));
        }
        int deletes = ((Map<?, ?>) DELETED.of(unitOfWork)).size();
        if (inserts + updates + deletes == 0) {
            return null;
        }
        Flush.Trigger trigger = Enclosing.triggerOr(Flush.Trigger.EXPLICIT);
        return new Flush(usual, trigger, inserts, updates, deletes, collections);
    }

    private static int collectionsIn(Collection<?> changed) {
        int collections = 0;
        for (Object each : changed) {
            if (each.getClass().getName().contains("CollectionChangeRecord")) {
                collections++;
            }
        }
        return collections;
    }
}
