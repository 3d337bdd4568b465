package dev.poolwright.weave;

import dev.poolwright.gate.observe.ClassWeaver;

/** Which methods of connections and statements of other pools tell, and how; told by name and descriptor. */
enum ObservedMethod {
    NONE,
    /** Tells at its beginning that the connection is being closed. */
    CLOSES,
    COMMIT,
    ROLLBACK,
    ROLLBACK_TO_SAVEPOINT,
    SET_AUTO_COMMIT,
    /** Tells what it returns. */
    MAKES_STATEMENT,
    BATCH,
    /** Tells at its beginning that the statement runs. */
    RUNS;

    private static final String[] STATEMENTS = {
        ")Ljava/sql/Statement;", ")Ljava/sql/PreparedStatement;", ")Ljava/sql/CallableStatement;"
    };

    /** What {@code method} is among the {@code parts} that were asked for. */
    static ObservedMethod of(ClassFile.Method method, int parts) {
        if (method.isStatic()) {
            return NONE;
        }
        ObservedMethod found = ofConnection(method);
        int part = found == CLOSES ? ClassWeaver.CLOSING : ClassWeaver.TRANSACTIONS;
        if (found == NONE) {
            found = ofStatement(method);
            part = ClassWeaver.RUNNING;
        }
        return (parts & part) == 0 ? NONE : found;
    }

    private static ObservedMethod ofConnection(ClassFile.Method method) {
        switch (method.name + method.descriptor) {
            case "close()V":
            case "abort(Ljava/util/concurrent/Executor;)V":
                return CLOSES;
            case "commit()V":
                return COMMIT;
            case "rollback()V":
                return ROLLBACK;
            case "rollback(Ljava/sql/Savepoint;)V":
                return ROLLBACK_TO_SAVEPOINT;
            case "setAutoCommit(Z)V":
                return SET_AUTO_COMMIT;
            default:
                return makesStatement(method) ? MAKES_STATEMENT : NONE;
        }
    }

    private static boolean makesStatement(ClassFile.Method method) {
        if (method.name.equals("createStatement")
                || method.name.equals("prepareStatement")
                || method.name.equals("prepareCall")) {
            for (String statement : STATEMENTS) {
                if (method.descriptor.endsWith(statement)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static ObservedMethod ofStatement(ClassFile.Method method) {
        switch (method.name) {
            case "executeBatch":
                return method.descriptor.equals("()[I") ? BATCH : NONE;
            case "executeLargeBatch":
                return method.descriptor.equals("()[J") ? BATCH : NONE;
            case "execute":
            case "executeQuery":
            case "executeUpdate":
            case "executeLargeUpdate":
                return method.descriptor.startsWith("()") || method.descriptor.startsWith("(Ljava/lang/String;")
                        ? RUNS
                        : NONE;
            default:
                return NONE;
        }
    }
}
