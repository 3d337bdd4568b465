package com.acme.sessions;

import java.util.Iterator;
import java.util.Properties;
import javax.sql.DataSource;
import org.hibernate.ScrollableResults;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** Sessions of Hibernate. */
final class OnHibernate implements OrmLeakMatrix.Orm<Session> {

    static SessionFactory factory(DataSource source) {
        Properties properties = new Properties();
        properties.put("hibernate.connection.datasource", source);
        return new Configuration().addProperties(properties).buildSessionFactory();
    }

    @Override
    public int count(Session session) {
        return session.createNativeQuery("select count(*) from item", Integer.class)
                .getSingleResult();
    }

    @Override
    public void fail(Session session) {
        session.createNativeQuery("select * from no_such_table", Integer.class).list();
    }

    @Override
    public Iterator<Integer> walk(Session session) {
        ScrollableResults<Integer> rows = session.createNativeQuery("select id from item order by id", Integer.class)
                .scroll();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                rows.next();
                return rows.get();
            }
        };
    }

    @Override
    public void with(Session session, OrmLeakMatrix.Work work) {
        session.doWork(work::with);
    }

    @Override
    public void close(Session session) {
        session.close();
    }
}
