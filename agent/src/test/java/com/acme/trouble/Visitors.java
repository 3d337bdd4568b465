package com.acme.trouble;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Ten thousand virtual threads that want a connection at once, or five hundred others where there are no virtual ones. */
public final class Visitors {

    private static final AtomicInteger SERVED = new AtomicInteger();
    private static final AtomicInteger NOW = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();
    private static final CountDownLatch OPEN = new CountDownLatch(1);

    private Visitors() {}

    public static void main(String[] arguments) throws Exception {
        open().close(); // who comes before the first connection is open opens one as well, whatever the cap is
        boolean virtual = Runtime.version().feature() >= 21;
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < (virtual ? 10_000 : 500); i++) {
            all.add(start(virtual));
        }
        OPEN.countDown();
        for (Thread each : all) {
            each.join();
        }
        System.out.println("all were served: " + (SERVED.get() == all.size()));
        System.out.println("at most five at once: " + (MOST.get() <= 5));
    }

    private static Thread start(boolean virtual) throws ReflectiveOperationException {
        if (virtual) {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable)
                            Visitors::visit);
        }
        Thread thread = new Thread(Visitors::visit);
        thread.start();
        return thread;
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:mem:visitors;DB_CLOSE_DELAY=-1", "sa", "");
    }

    private static void visit() {
        try {
            OPEN.await();
            try (Connection connection = open();
                    Statement statement = connection.createStatement()) {
                MOST.accumulateAndGet(NOW.incrementAndGet(), Math::max);
                try (ResultSet rows = statement.executeQuery("select 1")) {
                    rows.next();
                    LockSupport.parkNanos(100_000); // others come meanwhile
                }
                NOW.decrementAndGet();
            }
            SERVED.incrementAndGet();
        } catch (SQLException | InterruptedException failure) {
            System.out.println(failure);
        }
    }
}
