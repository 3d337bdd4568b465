package dev.poolwright.agent.sweep;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The reviewed list of what an application may find otherwise with the agent, and why. */
public final class IntendedDifferences {

    /** One of them: which calls of which databases, what comes of them without and with the agent. */
    public record Intended(Set<Place> places, Pattern call, Pattern plain, Pattern agent, String reason) {

        boolean covers(Place place, Difference difference) {
            return places.contains(place)
                    && call.matcher(difference.call()).matches()
                    && plain.matcher(difference.plain()).matches()
                    && agent.matcher(difference.agent()).matches();
        }

        /** Whether it is there until a defect is mended, rather than for good. */
        boolean isDefect() {
            return reason.startsWith("DEFECT:");
        }
    }

    private static final Set<Place> EVERYWHERE = EnumSet.allOf(Place.class);
    private static final String AFTER_CLOSE = ".* after its (connection's )?close \\| .*";
    /** A refusal as the driver words it for something closed. */
    private static final String REFUSED = "threw [^;]*([Cc]losed|No current connection|does not exist).*";

    private static final List<Intended> ALL = new ArrayList<>();

    private IntendedDifferences() {}

    static {
        add(
                EnumSet.of(Place.H2, Place.POSTGRESQL, Place.MARIADB),
                AFTER_CLOSE,
                "threw .*",
                REFUSED,
                "What is closed is refused before the driver is asked, with what this driver says of something closed. The "
                        + "driver may give another reason first: an argument, a method that it does not support.");
        add(
                EVERYWHERE,
                AFTER_CLOSE,
                "(?!threw java\\.sql\\.|threw org\\.).*",
                REFUSED + "|threw java\\.lang\\.IllegalStateException .* closed.*",
                "DEFECT: what the driver answers from memory although the connection is closed is refused, by a method that declares "
                        + "no SQLException with an IllegalStateException.");
        add(
                EVERYWHERE,
                "statement with rows \\| getResultSet\\(\\)",
                "the rows .*",
                "ResultSet\\{.*",
                "DEFECT: getResultSet() gives another object than executeQuery() for the same result set.");
        add(
                EnumSet.of(Place.H2),
                "connection( in a transaction)? \\| abort\\(Executor\\)",
                "null \\| \"\\[(true|false), .*",
                "null \\| \"\\[closed\\]\".*",
                "abort() of H2 does nothing at all; with the agent it closes the connection, as JDBC demands.");
        add(
                EnumSet.of(Place.H2, Place.POSTGRESQL, Place.MARIADB),
                "savepoint without a name.* \\| (object|getSavepointId\\(\\))",
                ".*",
                ".*",
                "Savepoints without a name are numbered through the life of the driver's connection, which is longer with a pool.");
        add(
                EnumSet.of(Place.MARIADB),
                "connection( in a transaction)? after its close \\| createStatement\\(\\)",
                "Statement\\{.*",
                "Statement\\{.*",
                "DEFECT: a statement that MariaDB's closed connection still makes is closed already.");
        add(
                EnumSet.of(Place.POSTGRESQL, Place.HSQLDB, Place.DERBY),
                ".* after its (connection's )?close \\| (isWrapperFor|unwrap)\\(Class\\).*",
                "threw .*",
                "Boolean (true|false)|the connection|the rows|a statement|itself",
                "A handle is a wrapper for its own interfaces, closed or not; some drivers ask whether it is closed.");
    }

    private static void add(Set<Place> places, String call, String plain, String agent, String reason) {
        ALL.add(new Intended(places, Pattern.compile(call), Pattern.compile(plain), Pattern.compile(agent), reason));
    }

    /** All, for a page that lists them. */
    public static List<Intended> all() {
        return List.copyOf(ALL);
    }

    /** The first that covers it, or null. */
    static Intended of(Place place, Difference difference) {
        for (Intended intended : ALL) {
            if (intended.covers(place, difference)) {
                return intended;
            }
        }
        return null;
    }
}
