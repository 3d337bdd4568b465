package dev.poolwright.gate;

/**
 * Recognises callers that are themselves a pool: what they take is theirs for the life of the application, and is handed
 * out raw.
 */
final class KnownPools {

    /** How far up the stack a pool's own code is looked for. */
    private static final int DEPTH = 24;

    private static final String[] PREFIXES = {
        "com.zaxxer.hikari.",
        "org.apache.commons.dbcp.",
        "org.apache.commons.dbcp2.",
        "org.apache.tomcat.dbcp.",
        "org.apache.tomcat.jdbc.pool.",
        "com.mchange.v2.c3p0.",
        "com.alibaba.druid.pool.",
        "io.agroal.pool.",
        "oracle.ucp.",
        "org.vibur.dbcp.",
        "com.jolbox.bonecp.",
        "org.logicalcobwebs.proxool.",
        "snaq.db.",
        "org.hibernate.connection.",
        "org.hibernate.service.jdbc.connections.internal.",
        "org.hibernate.engine.jdbc.connections.internal.DriverManagerConnectionProvider",
        "org.hibernate.engine.jdbc.connections.internal.PooledConnections",
        "org.apache.ibatis.datasource.pooled.",
        "org.jboss.jca.adapters.jdbc.",
        "com.sun.gjc.",
        "com.ibm.ws.rsadapter.",
        "weblogic.jdbc.common.internal.",
        "org.h2.jdbcx.JdbcConnectionPool",
        "org.postgresql.ds.PGPoolingDataSource",
        "dev.poolwright.engine."
    };

    private final ClassValue<Boolean> pools = new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isPool(type.getName());
        }
    };

    /** Whether {@code caller} belongs to a pool; answered from a cache. */
    boolean isPool(Class<?> caller) {
        return pools.get(caller);
    }

    /** Whether a pool is among the callers of this thread; some microseconds, for when a connection is opened. */
    boolean isOnStack() {
        StackTraceElement[] stack = new Throwable().getStackTrace();
        for (int i = 1; i < stack.length && i < DEPTH; i++) {
            if (isPool(stack[i].getClassName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPool(String className) {
        for (String prefix : PREFIXES) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
