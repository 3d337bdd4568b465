package com.acme.pools;

import static com.acme.pools.Server.DRIVER;
import static com.acme.pools.Server.PASSWORD;
import static com.acme.pools.Server.USER;

import bitronix.tm.resource.jdbc.PoolingDataSource;
import bitronix.tm.resource.jdbc.lrc.LrcXADataSource;
import com.alibaba.druid.pool.DruidDataSource;
import com.jolbox.bonecp.BoneCPDataSource;
import com.jolbox.bonecp.ConnectionHandle;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import oracle.ucp.admin.UniversalConnectionPoolManagerImpl;
import oracle.ucp.jdbc.PoolDataSource;
import oracle.ucp.jdbc.PoolDataSourceFactory;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.jboss.jca.adapters.jdbc.WrappedConnection;
import org.jboss.jca.adapters.jdbc.local.LocalManagedConnectionFactory;
import org.logicalcobwebs.proxool.ProxoolDataSource;
import org.logicalcobwebs.proxool.ProxoolFacade;
import org.vibur.dbcp.ViburDBCPDataSource;
import snaq.db.CacheConnection;
import snaq.db.DBPoolDataSource;

/** Pools that are told a driver's class and a URL. */
final class PoolsByUrl {

    private static final int SIZE = 2;
    private static final int REFUSALS = 1_000;
    private static final long PAUSE_MILLIS = 10;

    private PoolsByUrl() {}

    static OpenPool hikari(Server server, String name) {
        HikariConfig config = new HikariConfig();
        config.setDriverClassName(DRIVER);
        config.setJdbcUrl(server.url(name));
        config.setUsername(USER);
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(SIZE);
        HikariDataSource source = new HikariDataSource(config);
        return OpenPool.of(source, source);
    }

    static OpenPool dbcp1(Server server, String name) {
        org.apache.commons.dbcp.BasicDataSource source = new org.apache.commons.dbcp.BasicDataSource();
        source.setDriverClassName(DRIVER);
        source.setUrl(server.url(name));
        source.setUsername(USER);
        source.setPassword(PASSWORD);
        source.setInitialSize(SIZE);
        source.setMaxActive(SIZE);
        source.setAccessToUnderlyingConnectionAllowed(true);
        return OpenPool.of(
                source,
                connection -> ((org.apache.commons.dbcp.DelegatingConnection) connection).getInnermostDelegate(),
                source::close);
    }

    static OpenPool dbcp2(Server server, String name) {
        org.apache.commons.dbcp2.BasicDataSource source = new org.apache.commons.dbcp2.BasicDataSource();
        source.setDriverClassName(DRIVER);
        source.setUrl(server.url(name));
        source.setUsername(USER);
        source.setPassword(PASSWORD);
        source.setInitialSize(SIZE);
        source.setMaxTotal(SIZE);
        source.setAccessToUnderlyingConnectionAllowed(true);
        return OpenPool.of(
                source,
                connection -> ((org.apache.commons.dbcp2.DelegatingConnection<?>) connection).getInnermostDelegate(),
                source);
    }

    static OpenPool tomcatJdbc(Server server, String name) {
        org.apache.tomcat.jdbc.pool.DataSource source = new org.apache.tomcat.jdbc.pool.DataSource();
        source.setDriverClassName(DRIVER);
        source.setUrl(server.url(name));
        source.setUsername(USER);
        source.setPassword(PASSWORD);
        source.setInitialSize(SIZE);
        source.setMaxActive(SIZE);
        return OpenPool.of(source, source::close);
    }

    static OpenPool tomcatDbcp(Server server, String name) {
        org.apache.tomcat.dbcp.dbcp2.BasicDataSource source = new org.apache.tomcat.dbcp.dbcp2.BasicDataSource();
        source.setDriverClassName(DRIVER);
        source.setUrl(server.url(name));
        source.setUsername(USER);
        source.setPassword(PASSWORD);
        source.setInitialSize(SIZE);
        source.setMaxTotal(SIZE);
        source.setAccessToUnderlyingConnectionAllowed(true);
        return OpenPool.of(
                source,
                connection ->
                        ((org.apache.tomcat.dbcp.dbcp2.DelegatingConnection<?>) connection).getInnermostDelegate(),
                source);
    }

    static OpenPool c3p0(Server server, String name) throws Exception {
        ComboPooledDataSource source = new ComboPooledDataSource();
        source.setDriverClass(DRIVER);
        source.setJdbcUrl(server.url(name));
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setInitialPoolSize(SIZE);
        source.setMinPoolSize(SIZE);
        source.setMaxPoolSize(SIZE);
        source.setNumHelperThreads(1);
        return OpenPool.of(source, source);
    }

    static OpenPool druid(Server server, String name) {
        DruidDataSource source = new DruidDataSource();
        source.setDriverClassName(DRIVER);
        source.setUrl(server.url(name));
        source.setUsername(USER);
        source.setPassword(PASSWORD);
        source.setInitialSize(SIZE);
        source.setMinIdle(SIZE);
        source.setMaxActive(SIZE);
        return OpenPool.of(source, source);
    }

    static OpenPool agroal(Server server, String name) throws Exception {
        AgroalDataSource source = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(SIZE)
                        .connectionFactoryConfiguration(factory -> factory.connectionProviderClassName(DRIVER)
                                .jdbcUrl(server.url(name))
                                .principal(new NamePrincipal(USER))
                                .credential(new SimplePassword(PASSWORD)))));
        return OpenPool.of(source, source);
    }

    static OpenPool vibur(Server server, String name) {
        ViburDBCPDataSource source = new ViburDBCPDataSource();
        source.setDriverClassName(DRIVER);
        source.setJdbcUrl(server.url(name));
        source.setUsername(USER);
        source.setPassword(PASSWORD);
        source.setPoolInitialSize(SIZE);
        source.setPoolMaxSize(SIZE);
        source.start();
        return OpenPool.of(source, source);
    }

    static OpenPool ucp(Server server, String name) throws Exception {
        PoolDataSource source = PoolDataSourceFactory.getPoolDataSource();
        source.setConnectionPoolName(name);
        source.setConnectionFactoryClassName(DRIVER);
        source.setURL(server.url(name));
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setInitialPoolSize(SIZE);
        source.setMinPoolSize(SIZE);
        source.setMaxPoolSize(SIZE);
        return OpenPool.of(source, () -> endUcp(name));
    }

    static void endUcp(String name) throws Exception {
        UniversalConnectionPoolManagerImpl.getUniversalConnectionPoolManager().destroyConnectionPool(name);
    }

    static OpenPool hibernate(Server server, String name) {
        StandardServiceRegistry registry = new StandardServiceRegistryBuilder()
                .applySettings(Map.of(
                        "hibernate.connection.driver_class", DRIVER,
                        "hibernate.connection.url", server.url(name),
                        "hibernate.connection.username", USER,
                        "hibernate.connection.password", PASSWORD,
                        "hibernate.connection.initial_pool_size", SIZE,
                        "hibernate.connection.min_pool_size", SIZE,
                        "hibernate.connection.pool_size", SIZE))
                .build();
        ConnectionProvider provider = registry.requireService(ConnectionProvider.class);
        return new OpenPool(
                provider,
                () -> Returning.to(provider::closeConnection, provider.getConnection()),
                connection -> connection.unwrap(org.postgresql.PGConnection.class),
                () -> StandardServiceRegistryBuilder.destroy(registry));
    }

    static OpenPool myBatis(Server server, String name) {
        PooledDataSource source = new PooledDataSource(DRIVER, server.url(name), USER, PASSWORD);
        source.setPoolMaximumActiveConnections(SIZE);
        source.setPoolMaximumIdleConnections(SIZE);
        return OpenPool.of(source, PooledDataSource::unwrapConnection, source::forceCloseAll);
    }

    @SuppressWarnings("deprecation") // its only way to the connection inside
    static OpenPool proxool(Server server, String name) throws Exception {
        ProxoolDataSource source = new ProxoolDataSource(name);
        source.setDriver(DRIVER);
        source.setDriverUrl(server.url(name));
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setDelegateProperties("user=" + USER + ",password=" + PASSWORD);
        source.setMaximumConnectionCount(SIZE);
        source.setSimultaneousBuildThrottle(SIZE);
        source.getConnection().close(); // registers it; of two threads that do, one ends with a pool that is gone
        return new OpenPool(
                source,
                () -> whenOneIsFree(source),
                ProxoolFacade::getDelegateConnection,
                () -> ProxoolFacade.removeConnectionPool(name, 0));
    }

    /** Proxool refuses instead of waiting, and its connections are free again a moment after their close. */
    private static Connection whenOneIsFree(ProxoolDataSource source) throws Exception {
        for (int refusals = 0; ; refusals++) {
            try {
                return source.getConnection();
            } catch (SQLException refused) {
                if (refusals == REFUSALS) {
                    throw refused;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    static OpenPool boneCp(Server server, String name) throws Exception {
        BoneCPDataSource source = new BoneCPDataSource();
        source.setDriverClass(DRIVER);
        source.setJdbcUrl(server.url(name));
        source.setUsername(USER);
        source.setPassword(PASSWORD);
        source.setPartitionCount(1);
        source.setMinConnectionsPerPartition(SIZE);
        source.setMaxConnectionsPerPartition(SIZE);
        return OpenPool.of(source, connection -> ((ConnectionHandle) connection).getInternalConnection(), source);
    }

    static OpenPool dbPool(Server server, String name) {
        DBPoolDataSource source = new DBPoolDataSource();
        source.setName(name);
        source.setDriverClassName(DRIVER);
        source.setUrl(server.url(name));
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setMinPool(SIZE);
        source.setMaxPool(SIZE);
        source.setMaxSize(SIZE);
        return OpenPool.of(
                source,
                connection -> ((CacheConnection) connection).getDelegateConnection(),
                source::releaseImmediately);
    }

    static OpenPool bitronix(Server server, String name) {
        PoolingDataSource source = new PoolingDataSource();
        source.setClassName(LrcXADataSource.class.getName());
        source.setUniqueName(name);
        Properties driver = source.getDriverProperties();
        driver.setProperty("driverClassName", DRIVER);
        driver.setProperty("url", server.url(name));
        driver.setProperty("user", USER);
        driver.setProperty("password", PASSWORD);
        return PoolsBySource.bitronix(source);
    }

    static OpenPool ironJacamar(Server server, String name) throws Exception {
        LocalManagedConnectionFactory factory = new LocalManagedConnectionFactory();
        factory.setDriverClass(DRIVER);
        factory.setConnectionURL(server.url(name));
        factory.setUserName(USER);
        factory.setPassword(PASSWORD);
        return ironJacamar(factory);
    }

    static OpenPool ironJacamar(LocalManagedConnectionFactory factory) throws Exception {
        ManagedPool pool = new ManagedPool(factory, SIZE);
        return new OpenPool(
                factory, pool::take, connection -> ((WrappedConnection) connection).getUnderlyingConnection(), pool);
    }
}
