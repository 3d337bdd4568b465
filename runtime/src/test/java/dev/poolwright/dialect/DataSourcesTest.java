package dev.poolwright.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSourcesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.h2.jdbcx.JdbcDataSource",
                "org.hsqldb.jdbc.JDBCDataSource",
                "org.sqlite.SQLiteDataSource",
                "com.mysql.cj.jdbc.MysqlDataSource",
                "org.mariadb.jdbc.MariaDbDataSource",
                "com.microsoft.sqlserver.jdbc.SQLServerDataSource",
                "oracle.jdbc.datasource.impl.OracleDataSource",
                "com.ibm.db2.jcc.DB2SimpleDataSource"
            })
    void of_drivers_are_known_and_exist(String name) throws ClassNotFoundException {
        assertThat(Dialects.forDataSource(name)).isNotNull();
        assertThat(javax.sql.CommonDataSource.class)
                .isAssignableFrom(Class.forName(name, false, getClass().getClassLoader()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.zaxxer.hikari.HikariDataSource",
                "org.mariadb.jdbc.MariaDbPoolDataSource",
                "org.postgresql.ds.PGSimpleDataSource",
                "oracle.ucp.jdbc.PoolDataSourceImpl"
            })
    void that_pool_or_ask_drivermanager_are_not_ours(String name) {
        assertThat(Dialects.forDataSource(name)).isNull();
    }
}
