package com.acme.sessions;

import java.sql.SQLException;
import java.util.Iterator;
import javax.sql.DataSource;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** Sessions of MyBatis. */
final class OnMyBatis implements OrmLeakMatrix.Orm<SqlSession> {

    /** The statements. */
    interface Items {
        @Select("select count(*) from item")
        int count();

        @Select("select * from no_such_table")
        int fail();

        @Select("select id from item order by id")
        Cursor<Integer> all();
    }

    static SqlSessionFactory factory(DataSource source) {
        Configuration configuration =
                new Configuration(new Environment("matrix", new JdbcTransactionFactory(), source));
        configuration.addMapper(Items.class);
        return new SqlSessionFactoryBuilder().build(configuration);
    }

    @Override
    public int count(SqlSession session) {
        return session.getMapper(Items.class).count();
    }

    @Override
    public void fail(SqlSession session) {
        session.getMapper(Items.class).fail();
    }

    @Override
    public Iterator<Integer> walk(SqlSession session) {
        return session.getMapper(Items.class).all().iterator();
    }

    @Override
    public void with(SqlSession session, OrmLeakMatrix.Work work) {
        try {
            work.with(session.getConnection());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close(SqlSession session) {
        session.close();
    }
}
