package dev.poolwright.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * One thing an operator can set: its name, what values it takes, its defaults and a sentence. All of them are constants
 * here; docs/settings.md is made from them.
 *
 * <p>Immutable. {@code T} is {@code Integer}, {@code Long} (a duration in milliseconds), {@code Boolean}, {@code String}
 * or an enum.
 *
 * @param <T> the type of its values
 */
public final class Setting<T> {

    private static final String PREFIX = "poolwright.";
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static final List<Setting<?>> ALL = new ArrayList<Setting<?>>();

    /** File that sets what none of the others does; empty = none. */
    public static final Setting<String> CONFIG = text(
            "config",
            "a file name",
            "Java properties file for any other of these settings, with or without `poolwright.` before the name; the weakest "
                    + "way to set one.");

    /** Whether the agent does anything at all. {@code pool}; {@code off} leaves every class of the JVM as it was. */
    public static final Setting<Mode> MODE = choice(
            "mode",
            Mode.POOL,
            Mode.values(),
            "`pool` serves the application's connections from pools; `observe` keeps none, watches them and says at the end "
                    + "what pooling would have done; `off` leaves the application exactly as it was.");

    /** Where {@code mode=observe} says what it saw: {@code log} is the file of {@link #LOG}. */
    public static final Setting<String> OBSERVE_REPORT = word(
            "observe.report",
            new String[] {"log", "stderr"},
            "Where `mode=observe` says what it saw when the JVM ends: in the file of `log`, or also on `stderr`.");

    /** Connections an engine keeps, lent or idle. 5, from SQLAlchemy's pool_size. */
    public static final Setting<Integer> POOL_SIZE =
            count("pool.size", 5, 5, 1, 10_000, "Connections an engine keeps open for reuse.");

    /**
     * Connections an engine may open beyond {@link #POOL_SIZE}; -1 = no limit, 0 = none. The agent sets no limit, because
     * the application had none; the library takes 10 from SQLAlchemy's max_overflow.
     */
    public static final Setting<Integer> POOL_OVERFLOW = count(
            "pool.overflow",
            -1,
            10,
            -1,
            100_000,
            "Connections an engine may open beyond `pool.size` when all of those are lent; -1 = no limit.");

    /**
     * How connections are kept: the name of a {@link PoolKind}, or {@code auto}, which is as the database needs it: {@code
     * null} for embedded ones, {@code queue} for the others.
     */
    public static final Setting<String> POOL_KIND = word(
            "pool.kind",
            new String[] {"auto", "queue", "null", "static", "assertion"},
            "How connections are kept: `queue` lends them again, `null` closes each, `static` has one for all in turn, "
                    + "`assertion` one and refuses a second; `auto` is `null` for embedded databases, else `queue`.");

    /** Which idle connection is lent next: the name of a {@link PoolOrder}. {@code any}: looking costs least. */
    public static final Setting<String> POOL_ORDER = word(
            "pool.order",
            new String[] {"any", "lifo", "fifo"},
            "Which idle connection is next: `lifo` the one that came back last, so that the others expire; `fifo` the one "
                    + "idle for longest, so that none grows cold; `any` the one found first, which is fastest.");

    /**
     * Whether the cap of {@link #POOL_SIZE} and {@link #POOL_OVERFLOW} also holds for a thread that has a connection
     * already. False: such a thread would wait for itself.
     */
    public static final Setting<Boolean> POOL_STRICT = flag(
            "pool.strict",
            false,
            "Whether a cap also holds for a thread that has a connection already and would wait for itself.");

    /**
     * Longest wait for a connection, in milliseconds; 0 = for ever. The agent waits for ever, because the application did
     * not know any such failure; the library takes 30 000 from SQLAlchemy's pool_timeout. Covers the wait at the cap and
     * the look at an idle connection; in the library the opening as well, which under the agent is the application's own.
     */
    public static final Setting<Long> POOL_CHECKOUT_TIMEOUT = millis(
            "pool.checkoutTimeout",
            0,
            30 * SECOND,
            DAY,
            "Longest wait for a connection; 0 = for ever. Under the agent the driver's own connect is not part of it.");

    /**
     * Age at which a connection is replaced, in milliseconds; 0 = never. 30 minutes: below the hour after which firewalls
     * commonly forget a connection.
     */
    public static final Setting<Long> POOL_RECYCLE = millis(
            "pool.recycle",
            30 * MINUTE,
            30 * MINUTE,
            30 * DAY,
            "Age at which a connection is closed rather than lent again; 0 = never.");

    /** Idleness after which a connection is checked before it is lent, in milliseconds; 0 = never. 30 s. */
    public static final Setting<Long> POOL_PING_AFTER = millis(
            "pool.pingAfter",
            30 * SECOND,
            30 * SECOND,
            DAY,
            "Idleness after which a connection is checked before it is lent; 0 = never.");

    /**
     * Idleness after which a connection is closed, in milliseconds; 0 = never. The agent takes 30 s, so that a server sees
     * an idle application's connections go as it always did; the library 10 minutes.
     */
    public static final Setting<Long> POOL_IDLE_TIMEOUT = millis(
            "pool.idleTimeout",
            30 * SECOND,
            10 * MINUTE,
            DAY,
            "Idleness after which a connection is closed; 0 = never.");

    /**
     * How long a connection beyond {@link #POOL_SIZE} stays open after its return, in milliseconds; 0 = closed at once. The
     * agent takes 5 s, so that bursts of an application without any limit are pooled too; the library closes at once.
     */
    public static final Setting<Long> POOL_LINGER = millis(
            "pool.linger",
            5 * SECOND,
            0,
            HOUR,
            "How long a connection beyond `pool.size` waits for its next use; 0 = closed when it comes back.");

    /** Idle connections kept per database server, over all engines; -1 = no limit. 20: a fifth of PostgreSQL's 100. */
    public static final Setting<Integer> POOL_MAX_IDLE_PER_SERVER = count(
            "pool.maxIdlePerServer",
            20,
            20,
            -1,
            100_000,
            "Idle connections kept to one database server by all engines together; -1 = no limit.");

    /** Idle connections kept in this JVM, over all engines; -1 = no limit. 100. */
    public static final Setting<Integer> POOL_MAX_IDLE = count(
            "pool.maxIdle",
            100,
            100,
            -1,
            100_000,
            "Idle connections kept by all engines of the JVM together; -1 = no limit.");

    /**
     * When a connection that comes back is made new again beyond what JDBC itself can set. {@code smart}: when the SQL that
     * was run may have changed the session; {@code always} for what no text shows.
     */
    public static final Setting<Reset> RESET = choice(
            "reset",
            Reset.SMART,
            Reset.values(),
            "When a session is reset as its connection comes back: `smart` when SQL text may have changed it, `always`, `never`.");

    /**
     * Whether each borrow remembers its stack, so that a leak can name its line. True; costs microseconds a borrow, which the
     * library leaves to whoever asks for it.
     */
    public static final Setting<Boolean> LEAK_TRACE = flag(
            "leak.trace",
            true,
            false,
            "Whether each borrow remembers where it happened, so that a leak names its line of code.");

    /**
     * Of how many borrows one remembers its stack; 1 = each. 1: a sample would not know the line of the first leak. From the
     * first leak whose line is unknown each borrow of that engine remembers it, whatever this says.
     */
    public static final Setting<Integer> LEAK_TRACE_EVERY = count(
            "leak.traceEvery",
            1,
            1,
            1,
            1_000_000,
            "Of how many borrows one remembers where it happened, until one leaks whose line is unknown; from then on each does.");

    /** Whether connections still lent when the JVM ends are reported. True. */
    public static final Setting<Boolean> LEAK_REPORT_AT_EXIT =
            flag("leak.reportAtExit", true, "Whether connections still lent when the JVM ends are reported.");

    /**
     * How long a connection may be held before that is reported, in milliseconds; 0 = for ever. 0, because only who knows the
     * application can tell how long its work takes.
     */
    public static final Setting<Long> LEAK_REPORT_AFTER = millis(
            "leak.reportAfter",
            0,
            0,
            DAY,
            "How long a connection may be held before it is told by whom, and where that thread is now; 0 = for ever.");

    /**
     * How long a borrower may make no call before its connection is taken away, in milliseconds; 0 = for ever. 0, because
     * only who knows the application can tell how long it may think.
     */
    public static final Setting<Long> LEAK_RECLAIM_AFTER = millis(
            "leak.reclaimAfter",
            0,
            0,
            DAY,
            "How long a borrower may make no call before its connection is rolled back and taken away; 0 = for ever.");

    /**
     * How many statements one connection may have open before the lines that leave them open are reported; 0 = any number.
     * 250: below what databases allow a connection (Oracle 300), far above what one request needs.
     */
    public static final Setting<Integer> LEAK_OPEN_STATEMENTS = count(
            "leak.openStatements",
            250,
            250,
            0,
            1_000_000,
            "How many statements one connection may have open before it is told which lines leave them open; 0 = any number.");

    /** Whether what other pools hand out is watched: the ends of its transactions, and what is never given back. True. */
    public static final Setting<Boolean> OBSERVE_POOLS = flag(
            "observe.pools",
            true,
            "Whether what other pools hand out is watched: spans of its transactions, and leaks, which are only reported.");

    /** File that gets everything we log; empty = none. Warnings go to stderr in any case. */
    public static final Setting<String> LOG =
            text("log", "a file name", "File for everything Poolwright logs; warnings go to stderr in any case.");

    /** Where spans and metrics go. {@code auto}: nowhere unless OpenTelemetry's own settings name an endpoint. */
    public static final Setting<Exporter> EXPORTER = choice(
            "exporter",
            Exporter.AUTO,
            Exporter.values(),
            "Where spans and metrics go; `auto` is OTLP if an `otel.*` setting names an endpoint, else nowhere.");

    /** From how long on a commit is a span, in milliseconds; -1 = none is. 0: each. */
    public static final Setting<Long> SPAN_COMMIT = threshold(
            "span.commit",
            0,
            "From how long on a commit, also one by `setAutoCommit(true)`, is a span; one that fails is in any case; `off` = none.");

    /** From how long on a rollback is a span, in milliseconds; -1 = none is. 0: each. */
    public static final Setting<Long> SPAN_ROLLBACK = threshold(
            "span.rollback",
            0,
            "From how long on a rollback, also one to a savepoint, is a span; one that fails is in any case; `off` = none.");

    /** From how long on an executed batch is a span, in milliseconds; -1 = none is. 0: each. */
    public static final Setting<Long> SPAN_BATCH = threshold(
            "span.batch",
            0,
            "From how long on an executed batch is a span; one that fails is in any case; `off` = none.");

    /** From how long on a flush is a span, in milliseconds; -1 = none is. 0: each, and only then its batches are inside. */
    public static final Setting<Long> SPAN_FLUSH = threshold(
            "span.flush",
            0,
            "From how long on a session's flush is a span; one that fails is in any case; `off` = none. Above 0 its batches are "
                    + "spans beside it rather than inside: it is not known in time whether there will be one.");

    /** From how long on waiting for a connection is a span, in milliseconds; -1 = none is. 100: more than most openings. */
    public static final Setting<Long> SPAN_WAIT = threshold(
            "span.wait",
            100,
            "From how long on getting a connection is a span, be it waiting or opening; one that gives up is in any case; `off` = none.");

    /** Port that serves the metrics to Prometheus; 0 = none. 0: nothing of ours listens unasked. */
    public static final Setting<Integer> PROMETHEUS_PORT = count(
            "prometheus.port", 0, 0, 0, 65_535, "Port on which Prometheus finds the metrics, at `/metrics`; 0 = none.");

    /** Address of that port; empty = the loopback interface, which others cannot reach. */
    public static final Setting<String> PROMETHEUS_ADDRESS = text(
            "prometheus.address",
            "a host name or address",
            "Where `prometheus.port` listens; none = on loopback, for this machine alone.");

    /** Port that serves a page for people, on loopback only; 0 = none. 0: nothing of ours listens unasked. */
    public static final Setting<Integer> CONSOLE = count(
            "console",
            0,
            0,
            0,
            65_535,
            "Port on which a page shows the engines to people at this machine who have the link that is written to stderr; 0 = none.");

    private enum Kind {
        FLAG,
        COUNT,
        MILLIS,
        THRESHOLD,
        CHOICE,
        TEXT
    }

    private final int index;
    private final Kind kind;
    private final String name;
    private final T agentDefault;
    private final T libraryDefault;
    private final long least;
    private final long most;
    private final T[] choices;
    private final String range;
    private final String sentence;

    private Setting(
            Kind kind,
            String name,
            T agentDefault,
            T libraryDefault,
            long least,
            long most,
            T[] choices,
            String range,
            String sentence) {
        this.index = ALL.size();
        this.kind = kind;
        this.name = name;
        this.agentDefault = agentDefault;
        this.libraryDefault = libraryDefault;
        this.least = least;
        this.most = most;
        this.choices = choices;
        this.range = range;
        this.sentence = sentence;
        ALL.add(this);
    }

    private static Setting<Boolean> flag(String name, boolean everywhere, String sentence) {
        return flag(name, everywhere, everywhere, sentence);
    }

    private static Setting<Boolean> flag(String name, boolean agent, boolean library, String sentence) {
        return new Setting<Boolean>(Kind.FLAG, name, agent, library, 0, 0, new Boolean[0], "true or false", sentence);
    }

    private static Setting<Integer> count(String name, int agent, int library, int least, int most, String sentence) {
        String range = "a whole number from " + least + " to " + most;
        return new Setting<Integer>(Kind.COUNT, name, agent, library, least, most, new Integer[0], range, sentence);
    }

    private static Setting<Long> millis(String name, long agent, long library, long most, String sentence) {
        String range = "a duration from 0 to " + duration(most) + " (ms, s, min, h)";
        return new Setting<Long>(Kind.MILLIS, name, agent, library, 0, most, new Long[0], range, sentence);
    }

    /** A duration from which on something is worth it; -1 is written {@code off}. */
    private static Setting<Long> threshold(String name, long everywhere, String sentence) {
        String range = "a duration from 0 to " + duration(HOUR) + " (ms, s, min, h), or off";
        return new Setting<Long>(Kind.THRESHOLD, name, everywhere, everywhere, 0, HOUR, new Long[0], range, sentence);
    }

    private static <E extends Enum<E>> Setting<E> choice(String name, E everywhere, E[] choices, String sentence) {
        return new Setting<E>(Kind.CHOICE, name, everywhere, everywhere, 0, 0, choices, oneOf(choices), sentence);
    }

    private static String oneOf(Object[] choices) {
        StringBuilder range = new StringBuilder();
        for (int i = 0; i < choices.length; i++) {
            range.append(i == 0 ? "" : i < choices.length - 1 ? ", " : " or ").append(choiceText(choices[i]));
        }
        return range.toString();
    }

    /** The first of the words everywhere. Not an enum's: a class less at each start. */
    private static Setting<String> word(String name, String[] words, String sentence) {
        return new Setting<String>(Kind.CHOICE, name, words[0], words[0], 0, 0, words, oneOf(words), sentence);
    }

    private static Setting<String> text(String name, String range, String sentence) {
        return new Setting<String>(Kind.TEXT, name, "", "", 0, 0, new String[0], range, sentence);
    }

    /** All settings, in the order of the documentation. */
    public static List<Setting<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** As a system property: {@code poolwright.pool.checkoutTimeout}. */
    public String name() {
        return PREFIX + name;
    }

    /** As an agent argument: {@code pool.checkoutTimeout}. */
    public String shortName() {
        return name;
    }

    /** As an environment variable: {@code POOLWRIGHT_POOL_CHECKOUT_TIMEOUT}. */
    public String environmentName() {
        StringBuilder upper = new StringBuilder(name.length() + 16).append("POOLWRIGHT_");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                upper.append('_');
            }
            upper.append(c == '.' ? '_' : Character.toUpperCase(c));
        }
        return upper.toString();
    }

    /** The value under the agent when nobody sets one. */
    public T agentDefault() {
        return agentDefault;
    }

    /** The value in library use when nobody sets one. */
    public T libraryDefault() {
        return libraryDefault;
    }

    /** Which values are valid, for people: {@code a whole number from 1 to 10000}. */
    public String range() {
        return range;
    }

    /** What it is for, in one sentence with its special values. */
    public String sentence() {
        return sentence;
    }

    /**
     * Reads a value as a person writes it.
     *
     * @param written the text; spaces around it do not count
     * @throws IllegalArgumentException not a value of this setting, see {@link #range()}
     */
    public T parse(String written) {
        String text = written.trim();
        if (kind == Kind.TEXT) {
            return asValue(text);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (kind == Kind.CHOICE) {
            for (T choice : choices) {
                if (choiceText(choice).equals(lower)) {
                    return choice;
                }
            }
            throw outOfRange(text);
        }
        if (kind == Kind.FLAG) {
            if (lower.equals("true") || lower.equals("false")) {
                return asValue(lower.equals("true"));
            }
            throw outOfRange(text);
        }
        if (kind == Kind.THRESHOLD && lower.equals("off")) {
            return asValue(-1L);
        }
        long number;
        try {
            number = kind == Kind.COUNT ? Long.parseLong(lower) : durationMillis(lower);
        } catch (NumberFormatException notANumber) {
            throw outOfRange(text);
        }
        if (number < least || number > most) {
            throw outOfRange(text);
        }
        return kind == Kind.COUNT ? asValue((int) number) : asValue(number);
    }

    /** Writes a value as a person would: what {@link #parse} reads back. */
    public String describe(T value) {
        if (kind == Kind.MILLIS || kind == Kind.THRESHOLD) {
            return (Long) value < 0 ? "off" : duration((Long) value);
        }
        return kind == Kind.CHOICE ? choiceText(value) : value.toString();
    }

    /** Whether it can be set for some engines only, as {@code engine.orders.pool.size}. */
    public boolean isOfEngine() {
        return (name.startsWith("pool.") && !name.startsWith("pool.maxIdle"))
                || (name.startsWith("leak.") && !name.equals("leak.reportAtExit"))
                || name.equals("reset");
    }

    /**
     * Whether a change is taken up by an engine that works: the others that {@linkplain #isOfEngine concern an engine} are
     * by another one in its place.
     */
    public boolean isOfSize() {
        return name.equals("pool.size") || name.equals("pool.overflow");
    }

    /** Whether a change counts only from the next start of the JVM on. */
    public boolean isOfStart() {
        return name.startsWith("span.")
                || name.startsWith("prometheus.")
                || name.equals("config")
                || name.equals("console")
                || name.equals("observe.pools")
                || name.equals("log")
                || name.equals("exporter");
    }

    /** Place among {@link #all()}. */
    int index() {
        return index;
    }

    /** The {@linkplain #name() name}. */
    @Override
    public String toString() {
        return name();
    }

    private IllegalArgumentException outOfRange(String text) {
        return new IllegalArgumentException(name() + " is " + range + ", not \"" + text + "\"");
    }

    /** The kind of a setting decides its type: the factory methods are the only ones that pair them. */
    @SuppressWarnings("unchecked")
    private T asValue(Object value) {
        return (T) value;
    }

    private static String choiceText(Object choice) {
        return choice instanceof Enum ? ((Enum<?>) choice).name().toLowerCase(Locale.ROOT) : choice.toString();
    }

    private static long durationMillis(String text) {
        int digits = text.length();
        while (digits > 0 && Character.isLetter(text.charAt(digits - 1))) {
            digits--;
        }
        long number = Long.parseLong(text.substring(0, digits).trim());
        long unit = unitMillis(text.substring(digits));
        if (Math.abs(number) > Long.MAX_VALUE / unit) {
            throw new NumberFormatException(text);
        }
        return number * unit;
    }

    private static long unitMillis(String unit) {
        if (unit.isEmpty() || unit.equals("ms")) {
            return 1;
        }
        if (unit.equals("s")) {
            return SECOND;
        }
        if (unit.equals("min")) {
            return MINUTE;
        }
        if (unit.equals("h")) {
            return HOUR;
        }
        throw new NumberFormatException(unit);
    }

    private static String duration(long millis) {
        if (millis == 0) {
            return "0";
        }
        if (millis % HOUR == 0) {
            return millis / HOUR + "h";
        }
        if (millis % MINUTE == 0) {
            return millis / MINUTE + "min";
        }
        return millis % SECOND == 0 ? millis / SECOND + "s" : millis + "ms";
    }
}
