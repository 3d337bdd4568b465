package dev.poolwright.gate.source;

import static dev.poolwright.gate.source.KnownSource.connecting;
import static dev.poolwright.gate.source.KnownSource.raw;

import org.jspecify.annotations.Nullable;

/**
 * The data sources of the drivers we know; to add a driver, describe its classes here.
 *
 * <p>A class that asks {@code DriverManager} or calls {@code Driver.connect} is not named: it is served there, with the
 * URL and the properties it has just built. So it is with PostgreSQL's and MySQL's. A class that is at once a data source
 * for XA or pools is named if its own {@code getConnection} is not for them: H2's, MariaDB's.
 *
 * <p>Loaded at the first call of a data source.
 */
final class KnownSources {

    private static final KnownSource[] ALL = {
        connecting("org.h2.jdbcx.JdbcDataSource")
                .url("{url}")
                .credentials("userName", "passwordChars")
                .without("factory", "logWriter", "loginTimeout", "description", "trace", "traceType", "id"),
        raw("org.h2.jdbcx.JdbcConnectionPool"),

        // Version 3; conf follows from the rest. Version 2 has more fields and no conf.
        connecting("org.mariadb.jdbc.MariaDbDataSource")
                .url(
                        "{url}",
                        "jdbc:mariadb://{hostname}:{port}/{database}",
                        "jdbc:mariadb://{hostname}/{database}",
                        "jdbc:mariadb://{hostname}/",
                        "jdbc:mariadb:")
                .without("conf", "urlParser")
                .credentialsStickUntil("urlParser")
                .asksSubject(),
        raw("org.mariadb.jdbc.MariaDbPoolDataSource"),
        connecting("org.hsqldb.jdbc.JDBCDataSource")
                .url("{url}")
                .urlPrefix("jdbc:hsqldb:")
                .without("logWriter", "description", "dataSourceName"),
        raw("org.hsqldb.jdbc.JDBCPool"),

        // The driver and its URL follow from the rest.
        connecting("org.apache.derby.jdbc.BasicEmbeddedDataSource40")
                .url("jdbc:derby:{databaseName};{connectionAttributes}", "jdbc:derby:{databaseName}", "jdbc:derby:")
                .without("description", "dataSourceName", "loginTimeout", "printer", "jdbcurl", "driver")
                .unservedWith("shutdownDatabase"),
        raw("org.apache.derby.jdbc.BasicEmbeddedConnectionPoolDataSource40"),
        raw("org.apache.derby.jdbc.BasicEmbeddedXADataSource40"),
        raw("org.apache.derby.jdbc.EmbeddedConnectionPoolDataSource"),
        raw("org.apache.derby.jdbc.EmbeddedXADataSource"),
        derbyClient("org.apache.derby.client.BasicClientDataSource"),
        derbyClient("org.apache.derby.jdbc.BasicClientDataSource40"), // up to 10.14
        raw("org.apache.derby.jdbc.BasicClientConnectionPoolDataSource40"),
        raw("org.apache.derby.jdbc.BasicClientXADataSource40"),
        raw("org.apache.derby.jdbc.ClientConnectionPoolDataSource"),
        raw("org.apache.derby.jdbc.ClientXADataSource"),
        connecting("org.sqlite.SQLiteDataSource")
                .url("{url}", "jdbc:sqlite:{databaseName}", "jdbc:sqlite:")
                .without("logger", "loginTimeout", "dateFormat")
                .nested("org.sqlite."),
        raw("org.sqlite.javax.SQLiteConnectionPoolDataSource"),
        connecting("com.microsoft.sqlserver.jdbc.SQLServerDataSource")
                .url(
                        "{dataSourceURL}",
                        "jdbc:sqlserver://{connectionProps.serverName}:{connectionProps.portNumber}"
                                + ";databaseName={connectionProps.databaseName}",
                        "jdbc:sqlserver://{connectionProps.serverName};databaseName={connectionProps.databaseName}",
                        "jdbc:sqlserver://{connectionProps.serverName}",
                        "jdbc:sqlserver://")
                .credentials("connectionProps.user", "connectionProps.password")
                .without("loggingClassName", "dataSourceDescription", "traceID", "logWriter")
                .asksSubject(),
        raw("com.microsoft.sqlserver.jdbc.SQLServerConnectionPoolDataSource"),
        oracle("oracle.jdbc.datasource.impl.OracleDataSource"), // from 21 on
        oracle("oracle.jdbc.pool.OracleDataSource"),
        raw("oracle.jdbc.datasource.impl.OracleConnectionPoolDataSource"),
        raw("oracle.jdbc.pool.OracleConnectionPoolDataSource"),
        raw("oracle.jdbc.pool.OracleOCIConnectionPool"),
        raw("oracle.jdbc.replay.OracleDataSourceImpl"), // its connections stand in for several
        connecting("com.ibm.db2.jcc.DB2SimpleDataSource")
                .url("jdbc:db2://{serverName}:{portNumber}/{databaseName}", "jdbc:db2:{databaseName}", "jdbc:db2:")
                .without(
                        "description",
                        "dataSourceName",
                        "logWriter",
                        // What it remembers of its servers and of its pool, from connection to connection.
                        "totalTransportObjects_",
                        "totalTransportObjectsLock_",
                        "serverType_",
                        "dsInetAddrServer_",
                        "clientRerouteServerListJNDIContext",
                        "encryptionAlgorithmSupportsAES_",
                        "firstConnectionEstablished",
                        "timer",
                        "isPrimaryServerUp",
                        "initializationException_",
                        "firstConnectionFlown_",
                        "orignalTargetSqlam_",
                        "targetAgent_",
                        "targetCmntcpip_",
                        "targetRdb_",
                        "targetSecmgr_",
                        "targetCmnappc_",
                        "targetXamgr_7",
                        "targetSyncptmgr_",
                        "targetRsyncmgr_",
                        "productID_",
                        "targetSrvrlslv_",
                        "currentAlternateGroupEntry_",
                        "alternateGroupServerList_")
                .unservedWith("appTokenGen", "proxy_")
                .asksSubject(),
        raw("com.ibm.db2.jcc.DB2DataSource"), // pools where it is told to
        raw("org.postgresql.ds.PGPoolingDataSource"),
        raw("com.mysql.cj.jdbc.MysqlConnectionPoolDataSource"),
        raw("com.mysql.cj.jdbc.MysqlXADataSource"),
        raw("com.mysql.jdbc.jdbc2.optional.MysqlConnectionPoolDataSource"),
        raw("com.mysql.jdbc.jdbc2.optional.MysqlXADataSource"),
    };

    private KnownSources() {}

    private static KnownSource derbyClient(String className) {
        return connecting(className)
                .url(
                        "jdbc:derby://{serverName}:{portNumber}/{databaseName};{connectionAttributes}",
                        "jdbc:derby://{serverName}:{portNumber}/{databaseName}",
                        "jdbc:derby://{serverName}:{portNumber}/")
                .without("description", "dataSourceName", "logWriter", "traceFileSuffixIndex_")
                .unservedWith("shutdownDatabase");
    }

    /** The fields that decide about Application Continuity come to their values at the first connection. */
    private static KnownSource oracle(String className) {
        return connecting(className)
                .url(
                        "{url}",
                        "jdbc:oracle:{driverType}:@//{serverName}:{portNumber}/{serviceName}",
                        "jdbc:oracle:{driverType}:@{serverName}:{portNumber}:{databaseName}",
                        "jdbc:oracle:{driverType}:@{tnsEntry}",
                        "jdbc:oracle:thin:")
                .derived("url", "urlExplicit")
                .opaquePassword("get")
                .without(
                        "logWriter",
                        "dataSourceName",
                        "description",
                        "driver",
                        "monitorLock",
                        "isFirstConnection",
                        "tracker",
                        "trackerInitialized",
                        "doneDumpOnMemoryPressure",
                        "odsCache",
                        "cacheManager")
                .unservedWith("connCachingEnabled", "useDefaultConnection", "tokenSupplier", "hostnameResolver")
                .asksSubject();
    }

    /** What is known of the class of this name, or null. */
    static @Nullable KnownSource find(String className) {
        for (KnownSource known : ALL) {
            if (known.className.equals(className)) {
                return known;
            }
        }
        return null;
    }
}
