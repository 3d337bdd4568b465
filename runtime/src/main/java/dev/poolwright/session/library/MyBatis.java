package dev.poolwright.session.library;

import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionInfo;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** MyBatis 3.2 to 3.5: SqlSession, also those that an SqlSessionManager opens. */
final class MyBatis extends Library {

    private static final FieldGetter QUEUED = new FieldGetter("batchResultList");
    private static final Getter PARAMETERS = new Getter("getParameterObjects");
    private static final Getter MAPPED_STATEMENT = new Getter("getMappedStatement");
    private static final Getter COMMAND = new Getter("getSqlCommandType");

    MyBatis() {
        super(new SessionInfo("mybatis", "SqlSession"));
    }

    /** The batch executor, and whether it is to forget what it has queued. */
    @Override
    @Nullable
    Flush flush(Object executor, @Nullable Object isRollback) throws Throwable {
        Collection<?> queued = (Collection<?>) QUEUED.of(executor);
        if (queued.isEmpty() || Boolean.TRUE.equals(isRollback)) {
            return null;
        }
        int inserts = 0;
        int updates = 0;
        int deletes = 0;
        for (Object each : queued) {
            int rows = ((Collection<?>) PARAMETERS.of(each)).size();
            switch (COMMAND.of(MAPPED_STATEMENT.of(each)).toString()) {
                case "INSERT":
                    inserts += rows;
                    break;
                case "DELETE":
                    deletes += rows;
                    break;
                default:
                    updates += rows;
            }
        }
        // Without a mark around it: a query's, which sees what is queued.
        Flush.Trigger trigger = Enclosing.triggerOr(Flush.Trigger.AUTO);
        return new Flush(usual, trigger, inserts, updates, deletes, 0).inStatements(queued.size());
    }
}
