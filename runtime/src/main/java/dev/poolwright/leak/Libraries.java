package dev.poolwright.leak;

/** Whose code takes connections on behalf of the line that is wanted, told by the names of classes. */
public final class Libraries {

    private static final String[] POOLS = {
        "com.zaxxer.hikari.",
        "org.apache.commons.dbcp.",
        "org.apache.commons.dbcp2.",
        "org.apache.tomcat.dbcp.",
        "org.apache.tomcat.jdbc.pool.",
        "com.mchange.v2.c3p0.",
        "com.alibaba.druid.",
        "io.agroal.pool.",
        "oracle.ucp.",
        "org.vibur.dbcp.",
        "com.jolbox.bonecp.",
        "org.logicalcobwebs.proxool.",
        "snaq.db.",
        "bitronix.tm.resource.jdbc.",
        "com.atomikos.jdbc.",
        "org.hibernate.connection.DriverManagerConnectionProvider",
        "org.hibernate.service.jdbc.connections.internal.DriverManagerConnectionProvider",
        "org.hibernate.engine.jdbc.connections.internal.DriverManagerConnection",
        "org.hibernate.engine.jdbc.connections.internal.DriverConnectionCreator",
        "org.hibernate.engine.jdbc.connections.internal.PooledConnections",
        "org.apache.ibatis.datasource.pooled.",
        "org.jboss.jca.adapters.jdbc.",
        "com.sun.gjc.",
        "com.ibm.ws.rsadapter.",
        "weblogic.jdbc.common.internal.",
        "org.h2.jdbcx.JdbcConnectionPool",
        "org.postgresql.ds.PGPoolingDataSource"
    };

    /** Drivers, mappers, frameworks, and what calls applications: servers, schedulers, languages and test runners. */
    private static final String[] OTHERS = {
        "org.h2.",
        "org.postgresql.",
        "org.hsqldb.",
        "org.apache.derby.",
        "org.sqlite.",
        "org.mariadb.",
        "com.mysql.",
        "com.microsoft.sqlserver.",
        "com.ibm.db2.",
        "oracle.jdbc.",
        "org.hibernate.",
        "org.apache.ibatis.",
        "org.mybatis.",
        "org.eclipse.persistence.",
        "org.apache.openjpa.",
        "org.springframework.",
        "org.jooq.",
        "org.jdbi.",
        "org.apache.commons.dbutils.",
        "com.querydsl.",
        "io.quarkus.",
        "io.micronaut.",
        "com.google.inject.",
        "org.apache.struts",
        "com.opensymphony.",
        "org.apache.wicket.",
        "org.apache.myfaces.",
        "com.sun.faces.",
        "com.vaadin.",
        "org.apache.cxf.",
        "org.apache.camel.",
        "org.glassfish.",
        "org.jboss.",
        "org.wildfly.",
        "io.undertow.",
        "org.apache.catalina.",
        "org.apache.coyote.",
        "org.apache.tomcat.",
        "org.apache.jasper.",
        "org.apache.openejb.",
        "org.apache.tomee.",
        "org.eclipse.jetty.",
        "org.mortbay.",
        "weblogic.",
        "com.ibm.ws.",
        "com.ibm.ejs.",
        "com.sun.enterprise.",
        "com.sun.ejb.",
        "com.caucho.",
        "org.quartz.",
        "io.netty.",
        "io.vertx.",
        "reactor.",
        "akka.",
        "org.apache.pekko.",
        "play.",
        "scala.",
        "kotlin.",
        "kotlinx.coroutines.",
        "groovy.",
        "org.codehaus.groovy.",
        "org.apache.groovy.",
        "clojure.",
        "io.opentelemetry.",
        "datadog.trace.",
        "org.junit.",
        "junit.",
        "org.testng.",
        "org.apache.maven.",
        "org.gradle."
    };

    /** Applications in a framework's package. */
    private static final String SAMPLES = "org.springframework.samples.";

    private Libraries() {}

    /** Whether {@code className} is part of a pool: what that takes is its own for the life of the application. */
    public static boolean isPool(String className) {
        return startsWithAny(className, POOLS);
    }

    /** Whether {@code className} is no application's: a pool's, a driver's, a mapper's or a framework's. */
    static boolean contains(String className) {
        return (startsWithAny(className, OTHERS) && !className.startsWith(SAMPLES)) || isPool(className);
    }

    static boolean startsWithAny(String className, String[] prefixes) {
        for (String prefix : prefixes) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
