package dev.poolwright.demo.run;

import dev.poolwright.demo.database.DatabaseServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A fresh order database in a JVM of its own, and the questions to it. */
final class Database implements AutoCloseable {

    static final String USER = "clerk";
    static final String PASSWORD = "ledger";

    /** What the database must hold, by the application's counter that must say the same. */
    private static final Map<String, String> CHECKS = new LinkedHashMap<>();

    static {
        CHECKS.put("commits", "select count(*) from journal");
        CHECKS.put("orders placed", "select count(*) from customer_order");
        CHECKS.put("orders placed, cents", "select cast(coalesce(sum(total), 0) * 100 as bigint) from customer_order");
        CHECKS.put("orders placed, lines", "select count(*) from order_line");
        CHECKS.put("orders placed, pieces", "select sum(1000000 - stock) from article");
        CHECKS.put("reservations", "select count(*) from reservation");
        CHECKS.put("invoices sent", "select count(*) from invoice where state = 'SENT'");
        CHECKS.put("invoices sent, cents", "select cast(coalesce(sum(amount), 0) * 100 as bigint) from invoice");
    }

    /**
     * Sessions of the application at one moment.
     *
     * @param open        how many
     * @param uncommitted how many of them hold uncommitted changes
     * @param ids         a sum over their numbers, to see whether two looks saw the same ones
     */
    record Sessions(long open, long uncommitted, long ids) {}

    private final ChildProcess process;
    private final String url;

    private Database(ChildProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    static Database start(Path classPath) throws IOException, InterruptedException {
        ChildProcess process = ChildProcess.java(
                "the database",
                classPath,
                List.of("-Xmx256m"),
                List.of(DatabaseServer.class.getName(), "orders", USER, PASSWORD, "com/acme/orders/schema.sql"));
        try {
            String ready = process.awaitLine(line -> line.startsWith("port "), Duration.ofSeconds(30));
            String port = ready.substring("port ".length());
            return new Database(process, "jdbc:h2:tcp://localhost:" + port + "/mem:orders;DB_CLOSE_DELAY=-1");
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    /** What the application connects to. */
    String url() {
        return url;
    }

    /** Sessions opened by clients since the start or the last question. */
    long connects() throws IOException, InterruptedException {
        return Long.parseLong(process.ask("connects"));
    }

    /** The most sessions of clients open at once. */
    long peak() throws IOException, InterruptedException {
        return Long.parseLong(process.ask("peak"));
    }

    Sessions sessions() throws IOException, InterruptedException {
        String[] answer = process.ask("sessions").split(" ", -1);
        return new Sessions(Long.parseLong(answer[0]), Long.parseLong(answer[1]), Long.parseLong(answer[2]));
    }

    /** What the database holds, by the name of the counter it should equal. */
    Map<String, Long> rows() throws IOException, InterruptedException {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (Map.Entry<String, String> check : CHECKS.entrySet()) {
            rows.put(check.getKey(), Long.parseLong(process.ask(check.getValue())));
        }
        return rows;
    }

    @Override
    public void close() {
        process.close();
    }
}
