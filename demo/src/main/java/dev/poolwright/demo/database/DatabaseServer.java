package dev.poolwright.demo.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.tools.RunScript;
import org.h2.tools.Server;

/**
 * The database of the demo: H2 in server mode on a port the system chooses, with the application's schema in it.
 *
 * <p>Prints {@code port N} when it is ready. Then each line on standard input is a question, answered in one line:
 * {@code connects} with the number of sessions clients have opened so far, {@code peak} with the most that were open at
 * once (looked at ten times a second), {@code sessions} as {@link #sessionsOfClients} says, and any SQL query with the values of its first row, separated by blanks. Ends with
 * its standard input, so it never outlives who started it.
 */
public final class DatabaseServer {

    private static final long PEAK_EVERY_MILLIS = 100;

    private final String url;
    private final String user;
    private final String password;
    private final Connection connection;
    private final Connection watching;
    private final AtomicInteger peak = new AtomicInteger();
    private final String ours;
    private long lastOfOurs;
    private long probes;

    private DatabaseServer(String url, String user, String password) throws SQLException {
        this.url = url;
        this.user = user;
        this.password = password;
        this.connection = DriverManager.getConnection(url, user, password);
        this.watching = DriverManager.getConnection(url, user, password);
        this.ours = first(connection, "select session_id()") + ", " + first(watching, "select session_id()");
    }

    /**
     * Serves until standard input ends.
     *
     * @param args name of the database, user, password, class path resource with the schema
     */
    public static void main(String[] args) throws Exception {
        DatabaseServer database = new DatabaseServer("jdbc:h2:mem:" + args[0] + ";DB_CLOSE_DELAY=-1", args[1], args[2]);
        database.load(args[3]);
        Server server = Server.createTcpServer("-tcpPort", "0").start();
        database.watch();
        System.out.println("port " + server.getPort());
        database.answer();
        server.stop();
        System.exit(0);
    }

    private void load(String schema) throws IOException, SQLException {
        try (InputStreamReader script = new InputStreamReader(
                DatabaseServer.class.getClassLoader().getResourceAsStream(schema), StandardCharsets.UTF_8)) {
            RunScript.execute(connection, script);
        }
        lastOfOurs = newestSession();
    }

    private void watch() {
        Timer timer = new Timer("sessions", true);
        timer.scheduleAtFixedRate(
                new TimerTask() {
                    @Override
                    public void run() {
                        look();
                    }
                },
                PEAK_EVERY_MILLIS,
                PEAK_EVERY_MILLIS);
    }

    private void look() {
        try {
            int open = Integer.parseInt(first(watching, sessionsOfClients()).split(" ", -1)[0]);
            peak.accumulateAndGet(open, Math::max);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot list the sessions", e);
        }
    }

    private void answer() throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String question = questions.readLine(); question != null; question = questions.readLine()) {
            try {
                System.out.println(answer(question));
            } catch (SQLException e) {
                System.out.println("failed: " + e.toString().replace('\n', ' '));
            }
        }
    }

    private String answer(String question) throws SQLException {
        return switch (question) {
            case "connects" -> String.valueOf(connects());
            case "peak" -> String.valueOf(peak.get());
            case "sessions" -> first(connection, sessionsOfClients());
            default -> first(connection, question);
        };
    }

    /** By H2's own numbering: it counts every session of a database, and each of these looks is one of ours. */
    private long connects() throws SQLException {
        probes++;
        return newestSession() - lastOfOurs - probes;
    }

    private long newestSession() throws SQLException {
        try (Connection probe = DriverManager.getConnection(url, user, password)) {
            return Long.parseLong(first(probe, "select session_id()"));
        }
    }

    /** Asks how many there are, how many of them hold uncommitted changes, and for the sum of their numbers. */
    private String sessionsOfClients() {
        return "select count(*), count(case when contains_uncommitted then 1 end), coalesce(sum(session_id), 0)"
                + " from information_schema.sessions where session_id not in (" + ours + ")";
    }

    private static String first(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            if (!rows.next()) {
                return "";
            }
            StringBuilder values = new StringBuilder();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                values.append(i == 1 ? "" : " ").append(rows.getString(i));
            }
            return values.toString();
        }
    }
}
