package com.acme.sessions;

import static com.acme.sessions.Calls.bound;

import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.session.SqlSessionManager;
import org.apache.ibatis.session.TransactionIsolationLevel;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** A MyBatis application, from MyBatis 3.2 on: batches, single statements, a manager, and leaks. */
public final class MyBatisDesk {

    /** The statements. */
    public interface Entries {
        @Insert("insert into entry values (#{id}, #{amount})")
        int insert(@Param("id") int id, @Param("amount") int amount);

        @Update("update entry set amount = #{amount} where id = #{id}")
        int update(@Param("id") int id, @Param("amount") int amount);

        @Delete("delete from entry where id = #{id}")
        int delete(@Param("id") int id);

        @Select("select count(*) from entry")
        int count();
    }

    private final SqlSessionFactory factory;
    private int nextId = 100;

    private MyBatisDesk() throws Exception {
        Configuration configuration =
                new Configuration(new Environment("desk", new JdbcTransactionFactory(), Books.create()));
        configuration.addMapper(Entries.class);
        factory = new SqlSessionFactoryBuilder().build(configuration);
    }

    /** Argument: the agent's log file. */
    public static void main(String[] arguments) throws Throwable {
        MyBatisDesk desk = new MyBatisDesk();
        desk.batches();
        desk.singleStatements();
        desk.managed();
        MethodHandle open = bound(desk.factory, "openSession");
        Shapes shapes = new Shapes(open, desk::insert, session -> ((SqlSession) session).close());
        shapes.all(true);
        shapes.all(false);
        Shapes.await(Path.of(arguments[0]), 3, "[PW-202]", "[PW-201]");
        System.out.println("done");
    }

    private void batches() {
        SqlSession session = factory.openSession(ExecutorType.BATCH);
        Entries entries = session.getMapper(Entries.class);
        entries.insert(1, 10);
        entries.insert(2, 20);
        entries.update(1, 11);
        System.out.println("results " + session.flushStatements().size());
        System.out.println("results " + session.flushStatements().size());
        entries.insert(3, 30);
        System.out.println("found " + entries.count());
        entries.delete(2);
        session.commit();
        entries.insert(4, 40);
        session.rollback();
        session.close();
        session.close();
    }

    private void singleStatements() {
        SqlSession session = factory.openSession();
        System.out.println("found " + session.getMapper(Entries.class).count());
        session.commit();
        session.close();
        session = factory.openSession();
        session.getMapper(Entries.class).insert(5, 50);
        session.commit();
        session.close();
    }

    /** A manager's sessions: one for each call, and one for a while. */
    private void managed() {
        SqlSessionManager manager = SqlSessionManager.newInstance(factory);
        System.out.println("found " + manager.getMapper(Entries.class).count());
        manager.startManagedSession(ExecutorType.BATCH, TransactionIsolationLevel.READ_COMMITTED);
        manager.getMapper(Entries.class).insert(6, 60);
        manager.commit();
        manager.close();
    }

    private void insert(Object session) {
        ((SqlSession) session).getMapper(Entries.class).insert(nextId++, 1);
    }
}
