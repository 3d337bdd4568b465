package com.acme.sessions;

import static com.acme.sessions.Calls.bound;
import static com.acme.sessions.Calls.call;
import static com.acme.sessions.Calls.has;

import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Properties;
import org.h2.jdbcx.JdbcDataSource;

/** A Hibernate application, from Hibernate 3.6 on: each kind of flush, children, current sessions, and leaks. */
public final class HibernateDesk {

    private final JdbcDataSource source;
    private final Object factory;
    private final MethodHandle open;
    private int nextId = 100;

    private HibernateDesk(JdbcDataSource source) throws Exception {
        this.source = source;
        Properties more = new Properties();
        more.put("hibernate.connection.datasource", isThree() ? Directory.of(source) : source);
        more.put("hibernate.jndi.class", Directory.class.getName());
        this.factory = factory(more);
        this.open = bound(factory, "openSession");
    }

    /** Argument: the agent's log file. */
    public static void main(String[] arguments) throws Throwable {
        HibernateDesk desk = new HibernateDesk(Books.create());
        desk.flushes();
        desk.stateless();
        desk.current();
        desk.children();
        desk.closedWithoutCommit();
        Shapes shapes = new Shapes(desk.open, desk::begin, desk::rollbackAndClose);
        shapes.all(true);
        shapes.all(false);
        Shapes.await(Path.of(arguments[0]), 3, "[PW-202]", "[PW-201]");
        System.out.println("done");
    }

    /** Knows its data source by a name in a directory only. */
    private static boolean isThree() {
        try {
            Class.forName("org.hibernate.impl.SessionImpl");
            return true;
        } catch (ClassNotFoundException later) {
            return false;
        }
    }

    private static Object factory(Properties more) throws Exception {
        Object configuration = Class.forName("org.hibernate.cfg.Configuration")
                .getDeclaredConstructor()
                .newInstance();
        call(configuration, "addAnnotatedClass", Entry.class);
        Properties properties = (Properties) call(configuration, "getProperties");
        properties.put("hibernate.dialect", "org.hibernate.dialect.H2Dialect");
        properties.put("hibernate.current_session_context_class", "thread");
        properties.putAll(more);
        return call(configuration, "buildSessionFactory");
    }

    private static Object get(Object session, int id) throws Exception {
        return call(session, has(session, "find", Entry.class, id) ? "find" : "get", Entry.class, id);
    }

    private static void remove(Object session, Object entry) throws Exception {
        call(session, has(session, "remove", entry) ? "remove" : "delete", entry);
    }

    private static void commit(Object session) throws Exception {
        call(call(session, "getTransaction"), "commit");
    }

    private void flushes() throws Throwable {
        Object session = open.invoke();
        call(session, "beginTransaction");
        Entry first = new Entry(1, 10);
        first.getNotes().add("paid");
        call(session, "persist", first);
        call(session, "persist", new Entry(2, 20));
        call(session, "flush");
        call(session, "flush");
        call(session, "persist", new Entry(3, 30));
        Object query = has(session, "createQuery", "", Class.class)
                ? call(session, "createQuery", "select count(e) from Entry e", Long.class)
                : call(session, "createQuery", "select count(e) from Entry e");
        System.out.println("found " + call(query, "uniqueResult"));
        first.setAmount(11);
        commit(session);
        call(session, "close");

        session = open.invoke();
        call(session, "beginTransaction");
        System.out.println("amount " + ((Entry) get(session, 1)).getAmount());
        call(session, "flush");
        commit(session);
        call(session, "close");

        session = open.invoke();
        call(session, "beginTransaction");
        remove(session, get(session, 2));
        call(session, "flush");
        call(call(session, "getTransaction"), "rollback");
        call(session, "close");
    }

    private void stateless() throws Exception {
        Object session = call(factory, "openStatelessSession");
        call(session, "beginTransaction");
        call(session, "insert", new Entry(4, 40));
        commit(session);
        call(session, "close");
    }

    /** Closed by its commit. */
    private void current() throws Exception {
        Object session = call(factory, "getCurrentSession");
        call(session, "beginTransaction");
        call(session, "persist", new Entry(5, 50));
        commit(session);
    }

    /** A session's child, and one on the application's own connection: nobody need close them. */
    private void children() throws Throwable {
        try (Connection connection = source.getConnection()) {
            given(connection);
        }
        Object parent = open.invoke();
        call(parent, "beginTransaction");
        if (has(parent, "sessionWithOptions")) {
            Object child = call(call(call(parent, "sessionWithOptions"), "connection"), "openSession");
            System.out.println("child open " + call(child, "isOpen"));
        }
        commit(parent);
        call(parent, "close");
    }

    private void given(Connection connection) throws Exception {
        Object session = has(factory, "openSession", connection)
                ? call(factory, "openSession", connection)
                : call(call(call(factory, "withOptions"), "connection", connection), "openSession");
        System.out.println("given open " + call(session, "isOpen"));
    }

    /** With Hibernate's own pool, which switches auto-commit on when a connection comes back. */
    private void closedWithoutCommit() throws Throwable {
        Properties own = new Properties();
        own.put("hibernate.connection.url", Books.URL);
        own.put("hibernate.connection.driver_class", "org.h2.Driver");
        own.put("hibernate.connection.username", "sa");
        own.put("hibernate.connection.password", "");
        own.put("hibernate.connection.pool_size", "2");
        Object pooling = factory(own);
        int before = Books.rows(source);
        Object session = call(pooling, "openSession");
        call(session, "beginTransaction");
        call(session, "persist", new Entry(6, 60));
        call(session, "flush");
        call(session, "close");
        System.out.println("closed without commit, rows kept: " + (Books.rows(source) - before));
        call(pooling, "close");
    }

    /** Has a connection from then on. */
    private void begin(Object session) throws Exception {
        call(session, "beginTransaction");
        call(session, "persist", new Entry(nextId++, 1));
        call(session, "flush");
    }

    private void rollbackAndClose(Object session) throws Exception {
        Object transaction = call(session, "getTransaction");
        if ((Boolean) call(transaction, "isActive")) {
            call(transaction, "rollback");
        }
        call(session, "close");
    }
}
