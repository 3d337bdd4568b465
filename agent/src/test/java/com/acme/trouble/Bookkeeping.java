package com.acme.trouble;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;
import org.hibernate.cfg.Configuration;

/** A Hibernate application: each kind of flush once, and a session that is never closed. */
public final class Bookkeeping {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Bookkeeping() {}

    /** An entry in the books. */
    @Entity(name = "entry")
    public static class Entry {

        @Id
        private int id;

        private int amount;

        protected Entry() {}

        Entry(int id, int amount) {
            this.id = id;
            this.amount = amount;
        }
    }

    public static void main(String[] arguments) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:books;DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        Configuration configuration =
                new Configuration().addAnnotatedClass(Entry.class).setProperty("hibernate.hbm2ddl.auto", "create");
        configuration.getProperties().put("hibernate.connection.datasource", source);
        try (SessionFactory factory = configuration.buildSessionFactory()) {
            flushes(factory);
            if (arguments.length > 0) {
                forget(factory);
                allocate(Long.parseLong(arguments[0]));
            }
        }
        System.out.println("done");
    }

    private static void flushes(SessionFactory factory) {
        try (Session session = factory.openSession()) {
            Transaction transaction = session.beginTransaction();
            session.persist(new Entry(1, 10));
            session.persist(new Entry(2, 20));
            session.flush();
            session.persist(new Entry(3, 30));
            long found = session.createQuery("select count(e) from entry e", Long.class)
                    .getSingleResult();
            session.find(Entry.class, 1).amount = 11;
            transaction.commit();
            System.out.println("found " + found);
        }
        try (Session session = factory.openSession()) {
            Transaction transaction = session.beginTransaction();
            int amount = session.find(Entry.class, 1).amount;
            session.flush();
            transaction.commit();
            System.out.println("amount " + amount);
        }
        try (Session session = factory.openSession()) {
            session.beginTransaction();
            session.persist(new Entry(4, 40));
            session.flush();
            session.getTransaction().rollback();
        }
    }

    /** The leak. */
    private static void forget(SessionFactory factory) {
        int line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
        Session session = factory.openSession();
        System.out.println("amount " + session.find(Entry.class, 3).amount);
        System.out.println("forgotten at Bookkeeping.java:" + line);
    }

    /** A cache that lives for a while makes old garbage, as in any application. */
    private static void allocate(long millis) {
        Deque<byte[]> cache = new ArrayDeque<>();
        long end = System.nanoTime() + Math.min(PATIENCE_NANOS, TimeUnit.MILLISECONDS.toNanos(millis));
        while (System.nanoTime() < end) {
            cache.add(new byte[20_000]);
            if (cache.size() > 400) {
                cache.remove();
            }
        }
    }
}
