package com.acme.pools;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import javax.sql.DataSource;

/**
 * Takes one connection of every pool and forgets it, and says whether anything still refers to it, as some pools do, and
 * whether somebody wrote about it. Arguments: port, database, and the file in which that is written.
 */
public final class ForgetfulPools {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int ROUNDS = 25;
    private static final long PAUSE_MILLIS = 20;

    /** One that is gone itself would take along what it keeps. */
    private static final List<OpenPool> POOLS = new ArrayList<>();

    private ForgetfulPools() {}

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        System.setProperty("com.mchange.v2.log.MLog", "com.mchange.v2.log.jdk14logging.Jdk14MLog");
        Server server = new Server(Integer.parseInt(arguments[0]), arguments[1]);
        Path log = Path.of(arguments[2]);
        for (Map.Entry<String, OpenPool.Setup> each : PooledApplication.setups().entrySet()) {
            OpenPool pool = each.getValue().open(server, each.getKey());
            POOLS.add(pool);
            if (pool.source() instanceof DataSource) {
                long before = reports(log);
                boolean gone = isGone(forget(pool));
                boolean reported = gone && isReported(log, before);
                System.out.println(each.getKey() + " | gone: " + gone + ", reported: " + reported);
            }
        }
        System.exit(0); // some leave threads behind
    }

    private static WeakReference<Connection> forget(OpenPool pool) throws Exception {
        return new WeakReference<>(pool.take());
    }

    private static boolean isGone(WeakReference<Connection> forgotten) throws InterruptedException {
        for (int i = 0; i < ROUNDS && forgotten.get() != null; i++) {
            System.gc();
            Thread.sleep(PAUSE_MILLIS);
        }
        return forgotten.get() == null;
    }

    private static boolean isReported(Path log, long before) throws Exception {
        long start = System.nanoTime();
        while (reports(log) == before && System.nanoTime() - start < PATIENCE_NANOS) {
            System.gc(); // for those that are found by their phantoms after a finalizer
            Thread.sleep(PAUSE_MILLIS);
        }
        return reports(log) == before + 1;
    }

    private static long reports(Path log) throws Exception {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("[PW-201]")).count();
        }
    }
}
