package dev.poolwright.trouble;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL that can be frozen, stopped without a goodbye and started again, with the same data on the same port. Not
 * for several threads at once.
 */
final class TroubledPostgres implements AutoCloseable {

    private final Path data;
    private final Thread thawing = new Thread(this::thaw);
    private EmbeddedPostgres postgres;
    private boolean frozen;

    private TroubledPostgres(Path data) throws IOException {
        this.data = data;
        this.postgres = started(0);
        Runtime.getRuntime().addShutdownHook(thawing);
    }

    static TroubledPostgres start() throws IOException {
        return new TroubledPostgres(Files.createTempDirectory("troubled-postgres"));
    }

    private EmbeddedPostgres started(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("max_connections", "100")
                .setServerConfig("fsync", "off");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    String url() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    }

    /** A connection of the driver's, of no engine. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", "");
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    long number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** From now on it answers nothing; the system it runs on accepts connections all the same. */
    void freeze() {
        frozen = true;
        signal("STOP", processes());
    }

    /** It goes on where it was. */
    void thaw() {
        if (frozen) {
            signal("CONT", processes());
            frozen = false;
        }
    }

    /** Ends it at once, as a crash would: sessions are cut, connects refused. */
    void stopImmediately() throws IOException, InterruptedException {
        List<ProcessHandle> all = processes();
        signal("QUIT", List.of(postmaster()));
        for (ProcessHandle each : all) {
            waitFor(each);
        }
        postgres.close();
    }

    private static void waitFor(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException failure) {
            throw new IllegalStateException(process.info() + " does not end", failure);
        }
    }

    /** Starts it again after {@link #stopImmediately}; it recovers first. */
    void startAgain() throws IOException {
        postgres = started(postgres.getPort());
    }

    private ProcessHandle postmaster() {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0));
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException noPidFile) {
            throw new IllegalStateException("not running", noPidFile);
        }
    }

    private List<ProcessHandle> processes() {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> all = new ArrayList<>(List.of(postmaster)); // first, so that it makes no more of them
        postmaster.descendants().forEach(all::add);
        return all;
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        for (ProcessHandle each : processes) {
            command.add(String.valueOf(each.pid()));
        }
        try {
            // One that has just ended makes it complain.
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        thaw();
        postgres.close();
        Runtime.getRuntime().removeShutdownHook(thawing);
        delete(data.toFile());
    }

    private static void delete(File file) {
        File[] inside = file.listFiles();
        for (File each : inside == null ? new File[0] : inside) {
            delete(each);
        }
        file.delete();
    }
}
