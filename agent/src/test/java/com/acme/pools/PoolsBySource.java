package com.acme.pools;

import static com.acme.pools.Server.PASSWORD;
import static com.acme.pools.Server.USER;

import bitronix.tm.resource.jdbc.PoolingDataSource;
import com.jolbox.bonecp.BoneCPDataSource;
import com.jolbox.bonecp.ConnectionHandle;
import com.mchange.v2.c3p0.DataSources;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import oracle.ucp.jdbc.PoolDataSource;
import oracle.ucp.jdbc.PoolDataSourceFactory;
import org.apache.commons.dbcp2.DataSourceConnectionFactory;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.jboss.jca.adapters.jdbc.local.LocalManagedConnectionFactory;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.vibur.dbcp.ViburDBCPDataSource;

/** Pools that are given a driver's data source, or its class. */
final class PoolsBySource {

    private static final int SIZE = 2;

    private PoolsBySource() {}

    static OpenPool hikari(Server server, String name) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(server.source(name));
        config.setMaximumPoolSize(SIZE);
        HikariDataSource source = new HikariDataSource(config);
        return OpenPool.of(source, source);
    }

    static OpenPool hikariByClass(Server server, String name) {
        HikariConfig config = new HikariConfig();
        config.setDataSourceClassName(PGSimpleDataSource.class.getName());
        config.addDataSourceProperty("url", server.url(name));
        config.addDataSourceProperty("user", USER);
        config.addDataSourceProperty("password", PASSWORD);
        config.setMaximumPoolSize(SIZE);
        HikariDataSource source = new HikariDataSource(config);
        return OpenPool.of(source, source);
    }

    static OpenPool dbcp1(Server server, String name) {
        org.apache.commons.pool.impl.GenericObjectPool<Connection> pool =
                new org.apache.commons.pool.impl.GenericObjectPool<>(null, SIZE);
        // Makes itself known to the pool.
        new org.apache.commons.dbcp.PoolableConnectionFactory(
                new org.apache.commons.dbcp.DataSourceConnectionFactory(server.source(name)),
                pool,
                null,
                null,
                false,
                true);
        org.apache.commons.dbcp.PoolingDataSource source = new org.apache.commons.dbcp.PoolingDataSource(pool);
        source.setAccessToUnderlyingConnectionAllowed(true);
        return OpenPool.of(
                source,
                connection -> ((org.apache.commons.dbcp.DelegatingConnection) connection).getInnermostDelegate(),
                pool::close);
    }

    static OpenPool dbcp2(Server server, String name) {
        PoolableConnectionFactory factory =
                new PoolableConnectionFactory(new DataSourceConnectionFactory(server.source(name)), null);
        GenericObjectPool<PoolableConnection> pool = new GenericObjectPool<>(factory);
        factory.setPool(pool);
        pool.setMaxTotal(SIZE);
        org.apache.commons.dbcp2.PoolingDataSource<PoolableConnection> source =
                new org.apache.commons.dbcp2.PoolingDataSource<>(pool);
        return OpenPool.of(source, source);
    }

    static OpenPool dbcp2SharedPool(Server server, String name) throws Exception {
        org.apache.commons.dbcp2.datasources.SharedPoolDataSource source =
                new org.apache.commons.dbcp2.datasources.SharedPoolDataSource();
        source.setConnectionPoolDataSource(pooled(server, name));
        source.setMaxTotal(SIZE);
        return OpenPool.of(source, source);
    }

    static OpenPool tomcatJdbc(Server server, String name) {
        org.apache.tomcat.jdbc.pool.DataSource source = new org.apache.tomcat.jdbc.pool.DataSource();
        source.setDataSource(server.source(name));
        source.setInitialSize(SIZE);
        source.setMaxActive(SIZE);
        return OpenPool.of(source, source::close);
    }

    static OpenPool c3p0(Server server, String name) throws Exception {
        DataSource source = DataSources.pooledDataSource(
                server.source(name),
                Map.of("initialPoolSize", SIZE, "minPoolSize", SIZE, "maxPoolSize", SIZE, "numHelperThreads", 1));
        return OpenPool.of(source, () -> DataSources.destroy(source));
    }

    static OpenPool agroal(Server server, String name) throws Exception {
        return agroal(PGSimpleDataSource.class, server, name);
    }

    static OpenPool agroalXa(Server server, String name) throws Exception {
        return agroal(server.xaSource(name).getClass(), server, name);
    }

    private static OpenPool agroal(Class<?> driver, Server server, String name) throws Exception {
        AgroalDataSource source = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(SIZE)
                        .connectionFactoryConfiguration(factory -> factory.connectionProviderClass(driver)
                                .jdbcProperty("url", server.url(name))
                                .principal(new NamePrincipal(USER))
                                .credential(new SimplePassword(PASSWORD)))));
        return OpenPool.of(source, source);
    }

    static OpenPool vibur(Server server, String name) {
        ViburDBCPDataSource source = new ViburDBCPDataSource();
        source.setExternalDataSource(server.source(name));
        source.setPoolInitialSize(SIZE);
        source.setPoolMaxSize(SIZE);
        source.start();
        return OpenPool.of(source, source);
    }

    static OpenPool ucp(Server server, String name) throws Exception {
        PoolDataSource source = PoolDataSourceFactory.getPoolDataSource();
        source.setConnectionPoolName(name);
        source.setConnectionFactoryClassName(PGSimpleDataSource.class.getName());
        Properties properties = new Properties();
        properties.setProperty("url", server.url(name));
        source.setConnectionFactoryProperties(properties);
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setInitialPoolSize(SIZE);
        source.setMinPoolSize(SIZE);
        source.setMaxPoolSize(SIZE);
        return OpenPool.of(source, () -> PoolsByUrl.endUcp(name));
    }

    static OpenPool boneCp(Server server, String name) {
        BoneCPDataSource source = new BoneCPDataSource();
        source.setDatasourceBean(server.source(name));
        source.setPartitionCount(1);
        source.setMinConnectionsPerPartition(SIZE);
        source.setMaxConnectionsPerPartition(SIZE);
        return OpenPool.of(source, connection -> ((ConnectionHandle) connection).getInternalConnection(), source);
    }

    static OpenPool bitronix(Server server, String name) {
        PoolingDataSource source = new PoolingDataSource();
        source.setClassName(server.xaSource(name).getClass().getName());
        source.setUniqueName(name);
        Properties driver = source.getDriverProperties();
        driver.setProperty("url", server.url(name));
        driver.setProperty("user", USER);
        driver.setProperty("password", PASSWORD);
        return bitronix(source);
    }

    static OpenPool bitronix(PoolingDataSource source) {
        source.setMinPoolSize(SIZE);
        source.setMaxPoolSize(SIZE);
        source.setAllowLocalTransactions(true);
        source.init();
        return OpenPool.of(source, PoolsBySource::withinBitronix, source::close);
    }

    /** Where there is no XA, Bitronix puts a second wrapper of its own around the driver's connection. */
    private static Connection withinBitronix(Connection connection) throws SQLException {
        Connection inside = connection.unwrap(Connection.class);
        Object wrapper = Proxy.isProxyClass(inside.getClass()) ? Proxy.getInvocationHandler(inside) : inside;
        return wrapper.getClass().getName().startsWith("bitronix.") ? inside.unwrap(Connection.class) : inside;
    }

    static OpenPool ironJacamar(Server server, String name) throws Exception {
        LocalManagedConnectionFactory factory = new LocalManagedConnectionFactory();
        factory.setDataSourceClass(PGSimpleDataSource.class.getName());
        factory.setConnectionProperties("URL=" + server.url(name));
        factory.setUserName(USER);
        factory.setPassword(PASSWORD);
        return PoolsByUrl.ironJacamar(factory);
    }

    /** The driver's half of a pool; in the other half each connection is a proxy of the driver's own. */
    static OpenPool dbcp2OverPooled(Server server, String name) throws Exception {
        org.apache.commons.dbcp2.datasources.PerUserPoolDataSource source =
                new org.apache.commons.dbcp2.datasources.PerUserPoolDataSource();
        source.setConnectionPoolDataSource(pooled(server, name));
        source.setDefaultMaxTotal(SIZE);
        return new OpenPool(
                source,
                () -> source.getConnection(USER, PASSWORD),
                connection -> connection.unwrap(PGConnection.class),
                source);
    }

    private static org.postgresql.ds.PGConnectionPoolDataSource pooled(Server server, String name) {
        org.postgresql.ds.PGConnectionPoolDataSource source = new org.postgresql.ds.PGConnectionPoolDataSource();
        source.setUrl(server.url(name));
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }
}
