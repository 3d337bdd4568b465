package com.acme.orders.billing;

import com.acme.orders.catalogue.Article;
import com.acme.orders.catalogue.Catalogue;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;
import org.hibernate.cfg.Configuration;

/** Writes invoices: a session and a transaction for each. Any thread may call. */
public final class Billing implements AutoCloseable {

    private static final BigDecimal POSTAGE = new BigDecimal("4.90");

    private final Catalogue catalogue;
    private final SessionFactory sessions;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong sentCents = new AtomicLong();
    private final AtomicLong withdrawn = new AtomicLong();

    public Billing(Catalogue catalogue, String url, String user, String password) {
        this.catalogue = catalogue;
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        Configuration configuration = new Configuration();
        configuration.getProperties().put("hibernate.connection.datasource", dataSource);
        configuration.addAnnotatedClass(Invoice.class);
        configuration.addAnnotatedClass(InvoiceLine.class);
        configuration.addAnnotatedClass(JournalEntry.class);
        sessions = configuration.buildSessionFactory();
    }

    /** Writes invoice number so and so of the day. The number decides what is on it. */
    public void bill(int number) {
        try (Session session = sessions.openSession()) {
            Transaction transaction = session.beginTransaction();
            Invoice invoice = new Invoice(1 + number % 400);
            for (int i = 0; i < 3; i++) {
                Article article = catalogue.article(1 + (number * 11 + i * 17) % catalogue.size());
                invoice.add(article.name(), BigDecimal.valueOf(article.price(), 2));
            }
            session.persist(invoice);
            session.flush(); // the number goes on paper before the totals are known

            invoice.add("Postage", POSTAGE);
            BigDecimal outstanding = session.createSelectionQuery(
                            "select sum(i.amount) from Invoice i where i.customer = :customer", BigDecimal.class)
                    .setParameter("customer", invoice.customer())
                    .getSingleResult(); // Hibernate writes the postage first, or the sum would be wrong
            if (outstanding.signum() <= 0 || number % 20 == 11) {
                transaction.rollback();
                withdrawn.incrementAndGet();
                return;
            }

            invoice.sent();
            session.persist(new JournalEntry("invoice"));
            transaction.commit(); // writes the new state
            sent.incrementAndGet();
            sentCents.addAndGet(invoice.amount().movePointRight(2).longValueExact());
        }
    }

    public long sent() {
        return sent.get();
    }

    public long sentCents() {
        return sentCents.get();
    }

    /** Invoices that were rolled back. */
    public long withdrawn() {
        return withdrawn.get();
    }

    @Override
    public void close() {
        sessions.close();
    }
}
