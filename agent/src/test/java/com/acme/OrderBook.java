package com.acme;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;
import org.hibernate.cfg.Configuration;

/** A small Hibernate application: one row by an explicit flush, one by the commit, one that cannot be flushed. */
public final class OrderBook {

    private OrderBook() {}

    /** An order. */
    @Entity(name = "orders")
    public static class Order {

        @Id
        @GeneratedValue
        private Long id;

        private String article;

        protected Order() {}

        Order(String article) {
            this.article = article;
        }

        @Override
        public String toString() {
            return id + " " + article;
        }
    }

    public static void main(String[] arguments) {
        Configuration configuration = new Configuration()
                .addAnnotatedClass(Order.class)
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1")
                .setProperty("hibernate.hbm2ddl.auto", "create");
        try (SessionFactory factory = configuration.buildSessionFactory()) {
            try (Session session = factory.openSession()) {
                Transaction transaction = session.beginTransaction();
                session.persist(new Order("flushed"));
                session.flush();
                session.persist(new Order("committed"));
                transaction.commit();
            }
            try (Session session = factory.openSession()) {
                session.beginTransaction();
                session.createNativeMutationQuery("drop table orders").executeUpdate();
                session.persist(new Order("impossible"));
                session.flush();
            } catch (RuntimeException expected) {
                System.out.println("as expected");
            }
        }
    }
}
