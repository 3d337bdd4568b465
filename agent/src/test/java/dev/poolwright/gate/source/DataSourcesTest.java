package dev.poolwright.gate.source;

import static dev.poolwright.gate.source.DriverJars.loader;
import static dev.poolwright.gate.source.DriverJars.make;
import static dev.poolwright.gate.source.DriverJars.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.beans.BeanInfo;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** What is read out of the data sources of the real drivers; none of them connects. */
class DataSourcesTest {

    private static final String URL = "jdbc:h2:tcp://db/orders";

    private final DataSources sources = new DataSources();

    private Object key(DataSource source) {
        Configuration read = read(source, null, null, false);
        assertThat(read).isNotNull();
        return read.key();
    }

    private Object key(DataSource source, String user, String password) {
        Configuration read = read(source, user, password, true);
        assertThat(read).isNotNull();
        return read.key();
    }

    private Configuration read(DataSource source, String user, String password, boolean explicit) {
        return sources.read(source, source.getClass().getName(), user, password, explicit);
    }

    @ParameterizedTest
    @EnumSource
    void a_new_one_of_the_same_configuration_asks_for_the_same(DriverBean bean) throws Exception {
        assertThat(key(bean.configured())).isEqualTo(key(bean.configured()));
        assertThat(key(bean.configured(), "auditor", "pen")).isEqualTo(key(bean.configured(), "auditor", "pen"));
        assertThat(key(bean.empty())).isEqualTo(key(bean.empty())).isNotEqualTo(key(bean.configured()));
    }

    @ParameterizedTest
    @EnumSource
    void the_url_is_where_it_connects_to(DriverBean bean) throws Exception {
        Configuration read = read(bean.configured(), null, null, false);
        assertThat(read.url()).isEqualTo(bean.url());
        assertThat(read.user()).isEqualTo(bean == DriverBean.SQLITE ? null : "clerk");
        assertThat(read(bean.configured(), "auditor", "pen", true).user()).isEqualTo("auditor");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
    void credentials_count_wherever_they_come_from(DriverBean bean) throws Exception {
        DataSource source = bean.configured();
        List<Object> keys = new ArrayList<>();
        keys.add(key(source));
        keys.add(key(source, "clerk", "pen"));
        keys.add(key(source, "clerk", ""));
        keys.add(key(source, "clerk", null));
        keys.add(key(source, "auditor", "pen"));
        set(source, "setPassword", "pen");
        keys.add(key(source));
        set(source, "setUser", "auditor");
        keys.add(key(source));
        assertThat(keys).doesNotHaveDuplicates();

        set(source, "setUser", "clerk");
        set(source, "setPassword", "pencil");
        assertThat(key(source)).isEqualTo(keys.get(0));
    }

    /** What they set says nothing about a connection. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("description", "dataSourceName", "loginTimeout", "logWriter", "trustStorePasswordStripped");

    /** One of them is taken by each setter. */
    private static final List<String> STRINGS = List.of(
            "other",
            "1",
            "true",
            "create",
            "shutdown",
            "basic",
            "UTF-16",
            "OFF",
            "EXCLUSIVE",
            "MEMORY",
            "READ_ONLY",
            "jdbc:mariadb://other/");

    /** Whatever a driver's next version can be told, two applications that tell it different things do not share. */
    @ParameterizedTest
    @EnumSource
    void every_property_counts(DriverBean bean) throws Exception {
        List<String> ignored = new ArrayList<>();
        BeanInfo info = Introspector.getBeanInfo(bean.empty().getClass());
        for (PropertyDescriptor property : info.getPropertyDescriptors()) {
            if (property.getWriteMethod() != null
                    && !WITHOUT_EFFECT.contains(property.getName())
                    && !others(property.getPropertyType()).isEmpty()
                    && !counts(bean, property.getWriteMethod())) {
                ignored.add(property.getName());
            }
        }
        assertThat(ignored).isEqualTo(bean.withoutEffect());
    }

    /** Whether some value makes a difference: another key, or that the call is not served. */
    private boolean counts(DriverBean bean, Method setter) throws Exception {
        DataSource source = bean.configured();
        Object before = key(source);
        for (Object value : others(setter.getParameterTypes()[0])) {
            try {
                setter.invoke(source, value);
            } catch (InvocationTargetException refused) {
                continue;
            }
            Configuration read = read(source, null, null, false);
            if (read == null || !read.key().equals(before)) {
                return true;
            }
        }
        return false;
    }

    /** Values for a property; none for one that takes an object only somebody's code can make. */
    private static List<?> others(Class<?> type) {
        if (type == String.class) {
            return STRINGS;
        }
        if (type == int.class || type == Integer.class) {
            return List.of(1, 2, 17);
        }
        if (type == long.class) {
            return List.of(1L, 17L);
        }
        if (type == short.class) {
            return List.of((short) 4, (short) 3);
        }
        if (type == boolean.class) {
            return List.of(true, false);
        }
        if (type == char[].class) {
            return List.of(new char[] {'p', 'e', 'n'});
        }
        if (type.isEnum()) {
            return List.of(type.getEnumConstants());
        }
        return type == Properties.class ? List.of(someProperties()) : List.of();
    }

    private static Properties someProperties() {
        Properties properties = new Properties();
        properties.setProperty("some", "thing");
        return properties;
    }

    @Test
    void a_data_source_of_another_loader_is_anothers() throws Exception {
        DataSource some = make(loader("hsqldb"), "org.hsqldb.jdbc.JDBCDataSource");
        DataSource others = make(loader("hsqldb"), "org.hsqldb.jdbc.JDBCDataSource");
        set(some, "setUrl", "hsql://db/orders");
        set(others, "setUrl", "hsql://db/orders");

        assertThat(key(some)).isEqualTo(key(some)).isNotEqualTo(key(others));
    }

    @Test
    void xa_and_pools_are_left_alone() throws Exception {
        ClassLoader derby = DriverBean.DERBY.loader();
        ClassLoader oracle = loader("ojdbc11");
        ClassLoader oracle19 = loader("ojdbc8");
        ClassLoader sqlServer = loader("mssql-jdbc");
        ClassLoader mine = getClass().getClassLoader();
        DataSource[] raw = {
            make(derby, "org.apache.derby.jdbc.EmbeddedXADataSource"),
            make(derby, "org.apache.derby.jdbc.EmbeddedXADataSource40"),
            make(derby, "org.apache.derby.jdbc.BasicEmbeddedXADataSource40"),
            make(derby, "org.apache.derby.jdbc.EmbeddedConnectionPoolDataSource"),
            make(derby, "org.apache.derby.jdbc.ClientXADataSource"),
            make(derby, "org.apache.derby.jdbc.ClientConnectionPoolDataSource"),
            make(oracle, "oracle.jdbc.pool.OracleConnectionPoolDataSource"),
            make(oracle, "oracle.jdbc.xa.client.OracleXADataSource"),
            make(oracle, "oracle.jdbc.replay.OracleDataSourceImpl"),
            make(oracle19, "oracle.jdbc.pool.OracleConnectionPoolDataSource"),
            make(oracle19, "oracle.jdbc.xa.client.OracleXADataSource"),
            make(oracle19, "oracle.jdbc.replay.OracleDataSourceImpl"),
            make(sqlServer, "com.microsoft.sqlserver.jdbc.SQLServerXADataSource"),
            make(sqlServer, "com.microsoft.sqlserver.jdbc.SQLServerConnectionPoolDataSource"),
            make(loader("jcc"), "com.ibm.db2.jcc.DB2DataSource"),
            make(loader("hsqldb"), "org.hsqldb.jdbc.JDBCPool"),
            make(loader("mysql-connector-java-5"), "com.mysql.jdbc.jdbc2.optional.MysqlXADataSource"),
            make(mine, "com.mysql.cj.jdbc.MysqlXADataSource"),
            make(mine, "com.mysql.cj.jdbc.MysqlConnectionPoolDataSource"),
            make(mine, "org.mariadb.jdbc.MariaDbPoolDataSource"),
            make(mine, "org.sqlite.javax.SQLiteConnectionPoolDataSource"),
            org.h2.jdbcx.JdbcConnectionPool.create(URL, "clerk", "pencil"),
        };
        for (DataSource source : raw) {
            assertThat(sources.isRaw(source)).as(source.getClass().getName()).isTrue();
            assertThat(read(source, null, null, false)).isNull();
        }
        assertThat(sources.isRaw(new JdbcDataSource())).isFalse();
    }

    @Test
    void those_that_ask_driver_manager_or_a_driver_are_served_there() {
        assertThat(read(new org.postgresql.ds.PGSimpleDataSource(), null, null, false))
                .isNull();
        assertThat(read(new com.mysql.cj.jdbc.MysqlDataSource(), null, null, false))
                .isNull();
        assertThat(sources.isRaw(new com.mysql.cj.jdbc.MysqlDataSource())).isFalse();
    }

    @Test
    void characters_are_a_password_too() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(URL);
        source.setPasswordChars("pencil".toCharArray());
        Object key = key(source);
        source.setPassword("pencil");
        assertThat(key(source)).isEqualTo(key);
        source.setPasswordChars("pen".toCharArray());
        assertThat(key(source)).isNotEqualTo(key);
    }

    private static final class Named extends MariaDbDataSource {

        @Override
        public void setPassword(String encrypted) throws SQLException {
            super.setPassword(new StringBuilder(encrypted).reverse().toString());
        }
    }

    @Test
    void a_subclass_that_only_configures_shares_with_what_it_is() throws Exception {
        MariaDbDataSource plain = new MariaDbDataSource("jdbc:mariadb://db/orders");
        plain.setPassword("pencil");
        MariaDbDataSource anonymous = new MariaDbDataSource() {
            {
                setUrl("jdbc:mariadb://db/orders");
                setPassword("pencil");
            }
        };
        Named named = new Named();
        named.setUrl("jdbc:mariadb://db/orders");
        named.setPassword("licnep");

        assertThat(key(anonymous)).isEqualTo(key(plain));
        assertThat(key(named)).isEqualTo(key(plain));
    }

    @Test
    void a_subclass_the_driver_asks_while_it_connects_is_not_served() throws Exception {
        DataSource vault = new MariaDbDataSource("jdbc:mariadb://db/orders") {
            @Override
            public String getUser() {
                return "whoever";
            }
        };
        assertThat(read(vault, null, null, false)).isNull();
    }

    private static class Greeting extends MariaDbDataSource {

        @Override
        public Connection getConnection() throws SQLException {
            return super.getConnection();
        }
    }

    private static final class GreetingUsers extends MariaDbDataSource {

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return super.getConnection(user, password);
        }
    }

    @Test
    void a_subclass_that_hands_out_itself_is_served_where_the_driver_does() {
        String driver = MariaDbDataSource.class.getName();
        Greeting greeting = new Greeting();
        assertThat(sources.read(greeting, Greeting.class.getName(), null, null, false))
                .isNull();
        assertThat(sources.read(greeting, driver, null, null, false)).isNotNull();
        assertThat(sources.read(greeting, driver, "clerk", "pencil", true)).isNotNull();

        // The driver's getConnection() may well call the one with credentials, which is not the driver's.
        GreetingUsers users = new GreetingUsers();
        assertThat(sources.read(users, driver, null, null, false)).isNull();
        assertThat(sources.read(users, driver, "clerk", "pencil", true)).isNotNull();
        assertThat(sources.read(users, GreetingUsers.class.getName(), "clerk", "pencil", true))
                .isNull();
    }

    @Test
    void objects_count_by_identity_where_they_are_the_same_next_time() throws Exception {
        SSLContext context = SSLContext.getDefault();
        DataSource some = DriverBean.ORACLE.configured();
        set(some, "setSSLContext", context);
        DataSource others = DriverBean.ORACLE.configured();
        assertThat(key(some)).isNotEqualTo(key(others));
        set(others, "setSSLContext", context);
        assertThat(key(some)).isEqualTo(key(others));
    }

    @Test
    void what_may_be_another_at_each_connection_is_not_served() throws Exception {
        DataSource cached = DriverBean.ORACLE_19.configured();
        set(cached, "setConnectionCachingEnabled", true);
        assertThat(read(cached, null, null, false)).isNull();

        DataSource byToken = DriverBean.ORACLE.configured();
        set(byToken, "setTokenSupplier", (Supplier<?>) () -> null);
        assertThat(read(byToken, null, null, false)).isNull();

        DataSource bySecurityContext = DriverBean.SQL_SERVER.configured();
        Class<?> credential = Class.forName("org.ietf.jgss.GSSCredential");
        Object proxy = Proxy.newProxyInstance(
                ClassLoader.getPlatformClassLoader(), new Class<?>[] {credential}, (self, method, arguments) -> null);
        set(bySecurityContext, "setGSSCredentials", proxy);
        assertThat(read(bySecurityContext, null, null, false)).isNull();
    }

    @Test
    void credentials_that_mariadb_2_remembers_are_not_kept_from_it() throws Exception {
        assertThat(read(DriverBean.MARIADB_2.configured(), null, null, false)).isNotNull();
        assertThat(read(DriverBean.MARIADB_2.empty(), "clerk", "pencil", true)).isNull();
    }
}
