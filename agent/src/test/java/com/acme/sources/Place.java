package com.acme.sources;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.hsqldb.jdbc.JDBCDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database, and how one driver's data sources are configured for it. */
enum Place {
    POSTGRES("select pg_backend_pid()", "select current_user") {
        @Override
        DataSource source(String where, String user, String password) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(where);
            source.setUser(user);
            source.setPassword(password);
            return source;
        }
    },
    MARIADB("select connection_id()", "select current_user()") {
        @Override
        DataSource source(String where, String user, String password) throws SQLException {
            MariaDbDataSource source = new MariaDbDataSource();
            source.setUrl(where);
            source.setUser(user);
            source.setPassword(password);
            return source;
        }
    },
    MYSQL("select connection_id()", "select current_user()") {
        @Override
        DataSource source(String where, String user, String password) {
            MysqlDataSource source = new MysqlDataSource();
            source.setURL(where);
            source.setUser(user);
            source.setPassword(password);
            return source;
        }
    },
    HSQLDB("values (session_id())", "values (user())") {
        @Override
        DataSource source(String where, String user, String password) throws SQLException {
            JDBCDataSource source = new JDBCDataSource();
            source.setUrl(where);
            source.setUser(user);
            source.setPassword(password);
            return source;
        }
    },
    H2("select session_id()", "select user()") {
        @Override
        DataSource source(String where, String user, String password) {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL(where);
            source.setUser(user);
            source.setPassword(password);
            return source;
        }
    };

    final String sessionQuery;
    final String userQuery;

    Place(String sessionQuery, String userQuery) {
        this.sessionQuery = sessionQuery;
        this.userQuery = userQuery;
    }

    abstract DataSource source(String where, String user, String password) throws SQLException;
}
