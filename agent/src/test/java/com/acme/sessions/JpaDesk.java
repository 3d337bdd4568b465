package com.acme.sessions;

import static com.acme.sessions.Calls.bound;
import static com.acme.sessions.Calls.call;

import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An application of the Java Persistence API, of {@code javax} or of {@code jakarta}: each kind of flush, and leaks. */
public final class JpaDesk {

    private final MethodHandle open;
    private int nextId = 100;

    private JpaDesk(Object factory) throws Exception {
        this.open = bound(factory, "createEntityManager");
    }

    /** Arguments: the agent's log file, and {@code javax} or {@code jakarta}. */
    public static void main(String[] arguments) throws Throwable {
        String world = arguments[1];
        Map<String, Object> properties = new HashMap<>();
        properties.put(world + ".persistence.nonJtaDataSource", Books.create());
        properties.put("hibernate.dialect", "org.hibernate.dialect.H2Dialect");
        properties.put("eclipselink.logging.level", "WARNING");
        properties.put("openjpa.Log", "none");
        // Those of the other kind are kept by their factory until that is closed.
        properties.put("openjpa.BrokerImpl", "non-finalizing");
        properties.put("openjpa.ConnectionFactory", properties.get(world + ".persistence.nonJtaDataSource"));
        Object factory = Class.forName(world + ".persistence.Persistence")
                .getMethod("createEntityManagerFactory", String.class, Map.class)
                .invoke(null, "books", properties);
        JpaDesk desk = new JpaDesk(factory);
        desk.flushes();
        boolean isOpenJpa = factory.getClass().getName().startsWith("org.apache.openjpa");
        // Whose factory keeps a manager with a live transaction: that is never lost.
        Shapes shapes =
                new Shapes(desk.open, isOpenJpa ? desk::beginAndCommit : desk::begin, JpaDesk::rollbackAndClose);
        shapes.all(true);
        shapes.all(false);
        Shapes.await(
                Path.of(arguments[0]),
                3,
                isOpenJpa ? new String[] {"[PW-202]"} : new String[] {"[PW-202]", "[PW-201]"});
        System.out.println("done");
    }

    private static Object transaction(Object manager) throws Exception {
        return call(manager, "getTransaction");
    }

    private void flushes() throws Throwable {
        Object manager = open.invoke();
        call(transaction(manager), "begin");
        Entry first = new Entry(1, 10);
        first.getNotes().add("paid");
        call(manager, "persist", first);
        call(manager, "persist", new Entry(2, 20));
        call(manager, "flush");
        call(manager, "flush");
        call(manager, "persist", new Entry(3, 30));
        Object query = call(manager, "createQuery", "select count(e) from Entry e");
        System.out.println("found " + call(query, "getSingleResult"));
        first.setAmount(11);
        call(transaction(manager), "commit");
        call(manager, "close");

        manager = open.invoke();
        call(transaction(manager), "begin");
        Object found = call(manager, "find", Entry.class, 1);
        System.out.println("amount " + ((Entry) found).getAmount());
        call(manager, "flush");
        call(transaction(manager), "commit");
        call(manager, "close");

        manager = open.invoke();
        call(transaction(manager), "begin");
        call(manager, "remove", call(manager, "find", Entry.class, 2));
        call(manager, "flush");
        call(manager, "flush");
        call(transaction(manager), "rollback");
        call(manager, "close");
    }

    /** Has a connection from then on. */
    private void begin(Object manager) throws Exception {
        call(transaction(manager), "begin");
        call(manager, "persist", new Entry(nextId++, 1));
        call(manager, "flush");
    }

    private void beginAndCommit(Object manager) throws Exception {
        begin(manager);
        call(transaction(manager), "commit");
    }

    private static void rollbackAndClose(Object manager) throws Exception {
        if ((Boolean) call(transaction(manager), "isActive")) {
            call(transaction(manager), "rollback");
        }
        call(manager, "close");
    }
}
