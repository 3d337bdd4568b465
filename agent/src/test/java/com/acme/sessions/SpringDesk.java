package com.acme.sessions;

import static com.acme.sessions.Calls.bound;
import static com.acme.sessions.Calls.call;
import static com.acme.sessions.Calls.callStatic;
import static com.acme.sessions.Calls.make;

import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.TransactionFactory;
import org.h2.jdbcx.JdbcDataSource;

/** An application of Spring's transaction managers, on Hibernate and on MyBatis: nothing is forgotten but one. */
public final class SpringDesk {

    private static final String ORM = "org.springframework.orm.jpa.";
    private static final String SYNCHRONIZATION =
            "org.springframework.transaction.support.TransactionSynchronizationManager";

    private final Object factory;
    private final MethodHandle open;
    private int nextId = 1;

    private SpringDesk(Object factory) throws Exception {
        this.factory = factory;
        this.open = bound(factory, "createEntityManager");
    }

    /** Arguments: the agent's log file, and {@code javax} or {@code jakarta}. */
    public static void main(String[] arguments) throws Throwable {
        JdbcDataSource source = Books.create();
        Map<String, Object> properties = new HashMap<>();
        properties.put(arguments[1] + ".persistence.nonJtaDataSource", source);
        properties.put("hibernate.dialect", "org.hibernate.dialect.H2Dialect");
        Object factory = Class.forName(arguments[1] + ".persistence.Persistence")
                .getMethod("createEntityManagerFactory", String.class, Map.class)
                .invoke(null, "books", properties);
        SpringDesk desk = new SpringDesk(factory);
        desk.sharedManager();
        desk.openInView();
        desk.extendedManager();
        if (arguments[1].equals("javax")) {
            desk.sessionFactory();
        }
        mappers(source);
        desk.forgotten();
        Shapes.await(Path.of(arguments[0]), 1, "[PW-202]");
        System.out.println("done, rows " + Books.rows(source));
    }

    private Object transactionManager() throws Exception {
        Object manager = make(ORM + "JpaTransactionManager");
        call(manager, "setEntityManagerFactory", factory);
        return manager;
    }

    private static Object begin(Object manager) throws Exception {
        return call(
                manager,
                "getTransaction",
                make("org.springframework.transaction.support.DefaultTransactionDefinition"));
    }

    /** In a transaction it is the transaction's, outside it is one for each call. */
    private void sharedManager() throws Exception {
        Object shared = callStatic(ORM + "SharedEntityManagerCreator", "createSharedEntityManager", factory);
        Object manager = transactionManager();
        Object transaction = begin(manager);
        call(shared, "persist", new Entry(nextId++, 1));
        call(shared, "persist", new Entry(nextId++, 2));
        call(manager, "commit", transaction);
        System.out.println("amount " + ((Entry) call(shared, "find", Entry.class, 2)).getAmount());
    }

    /** What an open-session-in-view filter does around a request of two transactions. */
    private void openInView() throws Throwable {
        Object opened = open.invoke();
        callStatic(SYNCHRONIZATION, "bindResource", factory, make(ORM + "EntityManagerHolder", opened));
        Object manager = transactionManager();
        Object shared = callStatic(ORM + "SharedEntityManagerCreator", "createSharedEntityManager", factory);
        for (int i = 0; i < 2; i++) {
            Object transaction = begin(manager);
            call(shared, "persist", new Entry(nextId++, 3));
            call(manager, "commit", transaction);
            System.gc();
        }
        callStatic(SYNCHRONIZATION, "unbindResource", factory);
        call(opened, "close");
    }

    /** A container's, which the application has and cannot close. */
    private void extendedManager() throws Exception {
        Object extended =
                callStatic(ORM + "ExtendedEntityManagerCreator", "createContainerManagedEntityManager", factory);
        System.out.println("extended open " + call(extended, "isOpen"));
    }

    private void sessionFactory() throws Exception {
        Object manager = make("org.springframework.orm.hibernate5.HibernateTransactionManager");
        call(manager, "setAutodetectDataSource", false);
        call(manager, "setSessionFactory", factory);
        Object transaction = begin(manager);
        Object session = call(callStatic(SYNCHRONIZATION, "getResource", factory), "getSession");
        call(session, "persist", new Entry(nextId++, 4));
        call(manager, "commit", transaction);
    }

    /** One session for the transaction, and one for a call outside. */
    private static void mappers(JdbcDataSource source) throws Exception {
        TransactionFactory springs =
                (TransactionFactory) make("org.mybatis.spring.transaction.SpringManagedTransactionFactory");
        Configuration configuration = new Configuration(new Environment("desk", springs, source));
        configuration.addMapper(MyBatisDesk.Entries.class);
        SqlSessionFactory sessions = new SqlSessionFactoryBuilder().build(configuration);
        SqlSession template = (SqlSession) make("org.mybatis.spring.SqlSessionTemplate", sessions);
        MyBatisDesk.Entries entries = template.getMapper(MyBatisDesk.Entries.class);
        Object manager = make("org.springframework.jdbc.datasource.DataSourceTransactionManager", source);
        Object transaction = begin(manager);
        entries.insert(101, 1);
        entries.insert(102, 2);
        call(manager, "commit", transaction);
        System.out.println("found " + (entries.count() > 2));
    }

    /** The one mistake. */
    private void forgotten() throws Throwable {
        Object manager = open.invoke();
        System.out.println("forgotten at " + (new Throwable().getStackTrace()[0].getLineNumber() - 1) + ": "
                + call(manager, "isOpen"));
    }
}
