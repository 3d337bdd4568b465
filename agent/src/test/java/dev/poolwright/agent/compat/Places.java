package dev.poolwright.agent.compat;

import com.acme.compat.Kind;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.MariaDbServer;
import dev.poolwright.agent.behaviour.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A database of its own for each run; servers are started when the first run needs them. */
final class Places implements AutoCloseable {

    /** Where a run finds its database. */
    record Place(String url, String user, String password, String name) {}

    /** What can be run on the machine of a build. */
    static final List<Kind> RUN_HERE = List.of(Kind.values());

    private final Path folder;
    private PostgresServer postgres;
    private MariaDbServer mariaDb;

    Places(Path folder) {
        this.folder = folder;
    }

    Place make(Kind kind, String run) throws Exception {
        String name = "kassa_" + run;
        return switch (kind) {
            // The application starts the server itself.
            case H2 -> new Place("jdbc:h2:tcp://localhost:0/mem:kassa;DB_CLOSE_DELAY=-1", "sa", "", "kassa");
            case H2_EMBEDDED -> new Place("jdbc:h2:mem:kassa;DB_CLOSE_DELAY=-1", "sa", "", "kassa");
            case POSTGRES -> {
                postgres().create(name);
                yield new Place(
                        "jdbc:postgresql://localhost:" + postgres().port() + "/" + name, "clerk", "pencil", name);
            }
            case SQLITE -> new Place("jdbc:sqlite:" + folder.resolve(name), "", "", name);
            case DERBY_SERVER -> new Place("jdbc:derby://localhost:0/memory:kassa;create=true", "app", "app", "kassa");
            case CONNECTOR_J -> {
                String own = name + "_j";
                mariaDb().create(own);
                yield new Place("jdbc:mysql://localhost:" + mariaDb().port() + "/" + own, "clerk", "pencil", own);
            }
            case HSQLDB -> new Place("jdbc:hsqldb:mem:kassa", "SA", "", "kassa");
            case DERBY -> new Place("jdbc:derby:memory:kassa;create=true", "app", "app", "kassa");
            case MARIADB -> {
                mariaDb().create(name);
                yield new Place("jdbc:mariadb://localhost:" + mariaDb().port() + "/" + name, "clerk", "pencil", name);
            }
        };
    }

    private synchronized MariaDbServer mariaDb() throws Exception {
        if (mariaDb == null) {
            mariaDb = MariaDbServer.start();
        }
        return mariaDb;
    }

    private synchronized PostgresServer postgres() throws Exception {
        if (postgres == null) {
            postgres = PostgresServer.start();
        }
        return postgres;
    }

    /** What the forked JVM needs besides. */
    static String[] options(Path jdk) {
        String[] always = {
            "-Dh2.delayWrongPasswordMin=0",
            "-Dh2.delayWrongPasswordMax=0",
            "-Dh2.socketConnectRetry=1",
            "-Dderby.stream.error.method=java.io.OutputStream.nullOutputStream",
            "-Dderby.locks.waitTimeout=2"
        };
        if (ForkedJvm.featureOf(jdk) < 22) {
            return always;
        }
        String[] more = java.util.Arrays.copyOf(always, always.length + 1);
        more[always.length] = "--enable-native-access=ALL-UNNAMED"; // SQLite's library, or the JVM warns
        return more;
    }

    static Class<?>[] driver(Kind kind) {
        return switch (kind) {
            case H2, H2_EMBEDDED -> new Class<?>[] {org.h2.Driver.class};
            case POSTGRES -> new Class<?>[] {org.postgresql.Driver.class};
            // It logs to stderr, with the names of databases and threads, where nothing else is there to log.
            case MARIADB ->
                new Class<?>[] {
                    org.mariadb.jdbc.Driver.class, org.slf4j.LoggerFactory.class, org.slf4j.nop.NOPServiceProvider.class
                };
            case CONNECTOR_J ->
                new Class<?>[] {
                    com.mysql.cj.jdbc.Driver.class,
                    org.slf4j.LoggerFactory.class,
                    org.slf4j.nop.NOPServiceProvider.class
                };
            case HSQLDB -> new Class<?>[] {org.hsqldb.jdbc.JDBCDriver.class};
            case DERBY ->
                new Class<?>[] {
                    org.apache.derby.iapi.jdbc.AutoloadedDriver.class,
                    org.apache.derby.shared.common.reference.Attribute.class
                };
            case DERBY_SERVER ->
                new Class<?>[] {
                    org.apache.derby.client.ClientAutoloadedDriver.class,
                    org.apache.derby.drda.NetworkServerControl.class,
                    org.apache.derby.iapi.jdbc.AutoloadedDriver.class,
                    org.apache.derby.shared.common.reference.Attribute.class,
                    org.apache.derby.iapi.tools.i18n.LocalizedResource.class
                };
            case SQLITE ->
                new Class<?>[] {
                    org.sqlite.JDBC.class, org.slf4j.LoggerFactory.class, org.slf4j.nop.NOPServiceProvider.class
                };
        };
    }

    /** As its meta data say. */
    static String databaseVersion(Kind kind) {
        return switch (kind) {
            case H2, H2_EMBEDDED -> "2.4.240 (2025-09-22)";
            case POSTGRES -> "14.15";
            case MARIADB, CONNECTOR_J -> "11.4.5-MariaDB";
            case HSQLDB -> "2.7.4";
            case DERBY, DERBY_SERVER -> "10.16.1.1 - (1901046)";
            case SQLITE -> "3.50.3";
        };
    }

    /** As its meta data say. */
    static String driverVersion(Kind kind) {
        return switch (kind) {
            case MARIADB -> "3.5.6";
            case POSTGRES -> "42.7.8";
            case CONNECTOR_J -> "mysql-connector-j-9.5.0 (Revision: a7b3c94f50efbddb9f0dd69b3e0d1aaa25305cd6)";
            case SQLITE -> "3.50.3.0";
            default -> databaseVersion(kind);
        };
    }

    @Override
    public void close() throws IOException {
        if (mariaDb != null) {
            mariaDb.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
