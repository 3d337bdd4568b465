package com.acme.operated;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.h2.jdbcx.JdbcDataSource;

/** Writes in batches, by MyBatis, to a database that takes its time. */
public final class BatchDesk {

    private BatchDesk() {}

    /** The statements. */
    public interface Entries {
        @Insert("insert into slow_entry values (slowly(#{millis}))")
        int insert(@Param("millis") int millis);
    }

    /** Called by the database. */
    public static int slowly(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return millis;
    }

    static String flush(String url, String password, int millis) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        source.setPassword(password);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create alias if not exists slowly for \"com.acme.operated.BatchDesk.slowly\"");
            statement.execute("create table if not exists slow_entry(millis int)");
        }
        Configuration configuration = new Configuration(new Environment("desk", new JdbcTransactionFactory(), source));
        configuration.addMapper(Entries.class);
        try (SqlSession session =
                new SqlSessionFactoryBuilder().build(configuration).openSession(ExecutorType.BATCH)) {
            session.getMapper(Entries.class).insert(millis);
            session.getMapper(Entries.class).insert(millis);
            session.commit();
        }
        return "flushed";
    }
}
