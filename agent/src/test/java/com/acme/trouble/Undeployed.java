package com.acme.trouble;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** A container that undeploys an application with its own driver and wants its classes' memory back. */
public final class Undeployed {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private Undeployed() {}

    public static void main(String[] arguments) throws Exception {
        WeakReference<ClassLoader> application = deployAndUndeploy();
        Deque<byte[]> cache = new ArrayDeque<>();
        long start = System.nanoTime();
        while (application.get() != null && System.nanoTime() - start < PATIENCE_NANOS) {
            cache.add(new byte[20_000]);
            if (cache.size() > 400) {
                cache.remove();
            }
        }
        System.out.println("its classes are gone: " + (application.get() == null));
    }

    private static WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
        URL[] own = {
            org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation(),
            Undeployed.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader application = new URLClassLoader(own, ClassLoader.getPlatformClassLoader())) {
            application.loadClass(Undeployed.class.getName()).getMethod("work").invoke(null);
            return new WeakReference<>(application);
        }
    }

    /** The application: inside its own class loader. */
    public static void work() throws SQLException, ClassNotFoundException {
        Class.forName("org.h2.Driver");
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:short;DB_CLOSE_DELAY=-1", "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (id int)");
            statement.execute("shutdown");
        }
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            DriverManager.deregisterDriver(driver);
        }
    }
}
