package com.acme.frameworks;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;

/** Quartz with its jobs in the database: threads of its own, locks by rows, a connection per step. */
final class QuartzUse {

    private static final int RUNS = 3;
    private static final CountDownLatch DONE = new CountDownLatch(RUNS);

    private static volatile String address;

    private final Script script = new Script("quartz");

    /** Quartz makes its objects by name, and they have to find the database. */
    static void at(String url) {
        address = url;
    }

    private static String tables() throws IOException {
        try (InputStream in =
                Scheduler.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_postgres.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Object query(String sql) throws Exception {
        return Database.postgres(address, FrameworkApplication.USER, FrameworkApplication.PASSWORD)
                .query(sql);
    }

    void run() {
        script.step("tables", () -> {
            try (Connection connection = new Plain().getConnection()) {
                return Database.execute(connection, tables());
            }
        });
        script.step("jobs", () -> {
            Scheduler scheduler = new StdSchedulerFactory(properties()).getScheduler();
            scheduler.scheduleJob(
                    JobBuilder.newJob(Count.class)
                            .withIdentity("count")
                            .storeDurably()
                            .build(),
                    TriggerBuilder.newTrigger()
                            .withIdentity("soon")
                            .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                    .withIntervalInMilliseconds(50)
                                    .withRepeatCount(RUNS - 1)
                                    .withMisfireHandlingInstructionIgnoreMisfires())
                            .build());
            scheduler.start();
            boolean done = DONE.await(30, TimeUnit.SECONDS);
            scheduler.shutdown(true);
            return done + " " + scheduler.isShutdown();
        });
        script.step("jobs kept", () -> query("select job_name, is_durable from qrtz_job_details"));
        script.step("triggers kept", () -> query("select count(*) from qrtz_triggers"));
        script.step("nobody has a lock", () -> query("select count(*) from qrtz_fired_triggers"));
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "night shift");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", "2");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.setProperty("org.quartz.jobStore.dataSource", "plain");
        properties.setProperty("org.quartz.dataSource.plain.connectionProvider.class", Plain.class.getName());
        return properties;
    }

    /** A connection for each step. */
    public static final class Plain implements ConnectionProvider {

        @Override
        public Connection getConnection() throws SQLException {
            return DriverManager.getConnection(address, FrameworkApplication.USER, FrameworkApplication.PASSWORD);
        }

        @Override
        public void shutdown() {
            // Nothing is kept.
        }

        @Override
        public void initialize() {
            // Nothing is needed.
        }
    }

    /** What is done at night. */
    public static final class Count implements Job {

        @Override
        public void execute(JobExecutionContext context) {
            DONE.countDown();
        }
    }
}
