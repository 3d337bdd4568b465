package com.acme.compat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Plays all scenarios of one database, once or twice, and prints what each saw. */
public final class Application {

    private static final long LONGEST_SECONDS = 20;

    private final Kind kind;
    private final String url;
    private final String user;
    private final String password;

    /** What the database is called in this run. */
    private final String place;

    private Application(Kind kind, String url, String user, String password, String place) {
        this.kind = kind;
        this.url = url;
        this.user = user;
        this.password = password;
        this.place = place;
    }

    /**
     * Arguments: kind, url, user, password, the place's name (masked), passes ({@code first} or {@code first,used}), and
     * the beginning of the names of scenarios to play, if not all.
     */
    public static void main(String... arguments) throws Exception {
        Kind kind = Kind.valueOf(arguments[0]);
        String url = OwnServer.serve(kind, arguments[1]);
        Application application = new Application(kind, url, arguments[2], arguments[3], arguments[4]);
        String only = arguments.length > 6 ? arguments[6] : "";
        List<Scenario> scenarios = new ArrayList<>();
        for (Scenario scenario : Scenario.of(Subjects.ALL, application.kind)) {
            if (scenario.name().startsWith(only)) {
                scenarios.add(scenario);
            }
        }
        application.play(scenarios, arguments[5].contains("used"));
        System.out.flush();
        System.exit(0); // scenarios leave threads and connections behind, as applications do
    }

    private void play(List<Scenario> scenarios, boolean again) throws Exception {
        // Keeps a database in memory alive; every other connection comes and goes.
        try (Connection keeper = DriverManager.getConnection(url, user, password)) {
            DatabaseMetaData about = keeper.getMetaData();
            System.out.println("# database: " + about.getDatabaseProductVersion());
            System.out.println("# driver: " + about.getDriverVersion());
            if (kind.attic() != null) {
                try (java.sql.Statement statement = keeper.createStatement()) {
                    statement.execute("create schema " + kind.attic());
                }
            }
            for (Scenario scenario : scenarios) {
                play(scenario, "first");
            }
            if (again) {
                List<Scenario> reversed = new ArrayList<>(scenarios);
                Collections.reverse(reversed);
                for (Scenario scenario : reversed) {
                    Polluter.pollute(kind, urlOf(scenario), user, password);
                    play(scenario, "used");
                }
            }
        }
    }

    private void play(Scenario scenario, String pass) throws InterruptedException {
        Log log = new Log();
        String url = urlOf(scenario);
        log.mask(place, "place");
        log.mask(place.toUpperCase(java.util.Locale.ROOT), "PLACE");
        log.mask(port(), "port");
        Db db = new Db(kind, url, user, password, scenario.shortName());
        Thread thread = new Thread(
                () -> {
                    try {
                        scenario.play(db, log);
                    } finally {
                        db.tidy();
                    }
                },
                scenario.name());
        thread.setDaemon(true);
        long start = System.nanoTime();
        thread.start();
        thread.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
        if (thread.isAlive()) {
            log.note("hangs at", java.util.Arrays.toString(thread.getStackTrace()));
        }
        Probe.fresh(kind, url, user, password, log);
        for (String line : log.lines()) {
            System.out.println(pass + " | " + scenario.name() + " | " + line);
        }
        System.out.println("# " + pass + " | " + scenario.name() + " | "
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms");
    }

    private String urlOf(Scenario scenario) {
        return scenario.isAlone() ? kind.another(url, scenario.name().hashCode() & 0xffff) : url;
    }

    private String port() {
        java.util.regex.Matcher port =
                java.util.regex.Pattern.compile(":(\\d{4,5})\\b").matcher(url);
        return port.find() ? port.group(1) : "no port";
    }
}
