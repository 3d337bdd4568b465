package dev.poolwright.weave;

import static dev.poolwright.weave.SessionPoint.at;
import static dev.poolwright.weave.SessionPoint.constructors;
import static dev.poolwright.weave.SessionPoint.ifThere;

import org.jspecify.annotations.Nullable;

/** Which classes of which library have session points: by their names and signatures, read in the jars themselves. */
final class SessionLibrary {

    // As Libraries numbers them.
    private static final int HIBERNATE = 0;
    private static final int MYBATIS = 1;
    private static final int ECLIPSELINK = 2;
    private static final int OPENJPA = 3;

    private static final String[] PACKAGES = {
        "org/hibernate/", "org/apache/ibatis/", "org/eclipse/persistence/", "org/apache/openjpa/"
    };

    private static final String VOID = "()V";
    private static final String CONNECTION = "()Ljava/sql/Connection;";
    private static final String EVENT_SOURCE_3 = "(Lorg/hibernate/event/EventSource;)V";
    private static final String EVENT_SOURCE = "(Lorg/hibernate/event/spi/EventSource;)V";

    private SessionLibrary() {}

    /** Whether this class has any. */
    static boolean isIn(String type) {
        int library = of(type);
        return library >= 0 && points(library, type) != null;
    }

    /** The number of the library that this class would belong to; -1 = none. */
    static int of(String type) {
        for (int i = 0; i < PACKAGES.length; i++) {
            if (type.startsWith(PACKAGES[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Those of a class. */
    static SessionPoint @Nullable [] points(int library, String type) {
        String name = type.substring(PACKAGES[library].length());
        switch (library) {
            case HIBERNATE:
                return hibernate(name);
            case MYBATIS:
                return myBatis(name);
            case ECLIPSELINK:
                return eclipseLink(name);
            case OPENJPA:
                return openJpa(name);
            default:
                return null;
        }
    }

    private static SessionPoint @Nullable [] hibernate(String name) {
        switch (name) {
            case "internal/SessionImpl": // 4 and later
            case "impl/SessionImpl": // 3
                // Besides that of its base: a JPA close in a live transaction reaches the base late or never.
                // Not flushBeforeTransactionCompletion: a child's flush at its parent's commit does not pass there.
                return points(
                        constructors(),
                        at(SessionPoint.CLOSED, "close", VOID, CONNECTION),
                        at(SessionPoint.COMMIT_FLUSH, "managedFlush", VOID));
            case "internal/StatelessSessionImpl":
            case "impl/StatelessSessionImpl":
                return points(constructors(), ifThere(SessionPoint.CLOSED, "managedClose", VOID));
            case "internal/AbstractSharedSessionContract": // 5.2 and later
                return points(at(SessionPoint.CLOSED, "close", VOID));
            case "event/internal/AbstractFlushingEventListener":
            case "event/def/AbstractFlushingEventListener":
                return points(at(SessionPoint.FLUSH, "performExecutions", EVENT_SOURCE, EVENT_SOURCE_3)
                        .of(1)
                        .with('A', 0));
            case "engine/transaction/internal/TransactionImpl": // 5 and later
            case "engine/transaction/spi/AbstractTransactionImpl": // 4
            case "transaction/JDBCTransaction": // 3
            case "transaction/JTATransaction":
            case "transaction/CMTTransaction":
                return points(at(SessionPoint.COMMIT, "commit", VOID), at(SessionPoint.ROLLBACK, "rollback", VOID));
            default:
                return null;
        }
    }

    private static SessionPoint @Nullable [] myBatis(String name) {
        switch (name) {
            case "session/defaults/DefaultSqlSession":
                return points(
                        constructors(),
                        at(SessionPoint.CLOSED, "close", VOID),
                        at(SessionPoint.FLUSHING_COMMIT, "commit", "(Z)V"),
                        at(SessionPoint.ROLLBACK, "rollback", "(Z)V"),
                        at(SessionPoint.EXPLICIT_FLUSH, "flushStatements", "()Ljava/util/List;"));
            case "executor/BatchExecutor":
                return points(at(SessionPoint.FLUSH, "doFlushStatements", "(Z)Ljava/util/List;")
                        .with('Z', 1));
            default:
                return null;
        }
    }

    private static SessionPoint @Nullable [] eclipseLink(String name) {
        switch (name) {
            case "internal/jpa/EntityManagerImpl":
                return points(constructors(), at(SessionPoint.CLOSED, "close", VOID));
            case "internal/jpa/transaction/EntityTransactionImpl":
                return points(at(SessionPoint.COMMIT, "commit", VOID), at(SessionPoint.ROLLBACK, "rollback", VOID));
            case "internal/jpa/QueryImpl":
                return points(at(SessionPoint.QUERY_FLUSH, "performPreQueryFlush", VOID));
            case "internal/sessions/RepeatableWriteUnitOfWork":
                return points(
                        at(SessionPoint.COMMIT_FLUSH, "commitRootUnitOfWork", VOID),
                        ifThere(SessionPoint.COMMIT_FLUSH, "issueSQLbeforeCompletion", "(Z)V"));
            case "internal/sessions/UnitOfWorkImpl":
                return points(at(SessionPoint.FLUSH, "commitToDatabase", "(Z)V"));
            default:
                return null;
        }
    }

    private static SessionPoint @Nullable [] openJpa(String name) {
        switch (name) {
            case "persistence/EntityManagerImpl":
                return points(constructors(), at(SessionPoint.CLOSED, "close", VOID));
            case "kernel/BrokerImpl":
                return points(
                        at(SessionPoint.FLUSHING_COMMIT, "commit", VOID), at(SessionPoint.ROLLBACK, "rollback", VOID));
            case "kernel/QueryImpl":
                return points(at(SessionPoint.QUERY_FLUSH, "execute"));
            case "jdbc/kernel/JDBCStoreManager":
                return points(at(SessionPoint.FLUSH, "flush", "(Ljava/util/Collection;)Ljava/util/Collection;")
                        .with('A', 1));
            default:
                return null;
        }
    }

    private static SessionPoint[] points(SessionPoint... points) {
        return points;
    }
}
