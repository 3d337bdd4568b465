package dev.poolwright.agent.sweep;

import com.acme.sweep.Sweep;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.MariaDbServer;
import dev.poolwright.agent.behaviour.PostgresServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.tools.Server;

/** The databases of one test class: a server is started when the first run needs it. */
final class Servers implements Closeable {

    /** Where a run finds a database of its own. */
    record Address(String url, String user, String password, List<Class<?>> driver) {

        Address(String url, String user, String password, Class<?>... driver) {
            this(url, user, password, List.of(driver));
        }

        ForkedJvm.Outcome run(ForkedJvm jvm) throws IOException, InterruptedException {
            return run(jvm, ".*");
        }

        /** Sweeps the states whose names match alone. */
        ForkedJvm.Outcome run(ForkedJvm jvm, String states) throws IOException, InterruptedException {
            return jvm.option(
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Dderby.stream.error.field=java.lang.System.err")
                    .classPathOf(driver.toArray(Class<?>[]::new))
                    .run(Sweep.class, url, user, password, "(plain|agent)_[0-9]+", states);
        }
    }

    /** Of the JVM: an H2 in memory outlives its server. */
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Path folder;
    private final Deque<Closeable> started = new ArrayDeque<>();

    private Server h2;
    private PostgresServer postgres;
    private MariaDbServer mariaDb;

    Servers(Path folder) {
        this.folder = folder;
    }

    /** A new, empty database; {@code mode} is {@code plain} or {@code agent}. */
    Address create(Place place, String mode) throws Exception {
        String name = mode + "_" + RUNS.incrementAndGet();
        switch (place) {
            case H2:
                return new Address(
                        "jdbc:h2:tcp://localhost:" + h2().getPort() + "/mem:" + name + ";DB_CLOSE_DELAY=-1",
                        "sa",
                        "",
                        org.h2.Driver.class);
            case POSTGRESQL:
                postgres().create(name);
                return new Address(
                        "jdbc:postgresql://localhost:" + postgres.port() + "/" + name,
                        "clerk",
                        "pencil",
                        org.postgresql.Driver.class);
            case MARIADB:
                mariaDb().create(name);
                mariaDb.create(name + "_elsewhere");
                return new Address(
                        "jdbc:mariadb://localhost:" + mariaDb.port() + "/" + name,
                        "clerk",
                        "pencil",
                        org.mariadb.jdbc.Driver.class);
            case HSQLDB:
                return new Address("jdbc:hsqldb:mem:" + name, "SA", "", org.hsqldb.jdbc.JDBCDriver.class);
            case DERBY:
                return new Address(
                        "jdbc:derby:memory:" + name + ";create=true",
                        "clerk",
                        "pencil",
                        org.apache.derby.iapi.jdbc.AutoloadedDriver.class,
                        org.apache.derby.shared.common.error.StandardException.class);
            default:
                return new Address("jdbc:sqlite:" + folder.resolve(name), "", "", org.sqlite.JDBC.class);
        }
    }

    private Server h2() throws Exception {
        if (h2 == null) {
            h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                    .start();
            started.push(h2::stop);
        }
        return h2;
    }

    private PostgresServer postgres() throws Exception {
        if (postgres == null) {
            postgres = PostgresServer.start();
            started.push(postgres::close);
        }
        return postgres;
    }

    private MariaDbServer mariaDb() throws Exception {
        if (mariaDb == null) {
            mariaDb = MariaDbServer.start();
            started.push(mariaDb::close);
        }
        return mariaDb;
    }

    @Override
    public void close() throws IOException {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
