package com.acme.sweep;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls every method. Arguments: url, user, password, a pattern of the names that other runs have, a
 * pattern of the states to be swept if not all.
 */
public final class Sweep {

    /** What they answer is another number in each run. */
    private static final Set<String> NUMBERS_OF_THE_RUN = Set.of("getBackendPID", "getThreadId", "hashCode");

    /** How the names of methods start that may leave another session or other rows behind. */
    private static final Pattern CHANGES = Pattern.compile(
            "abort|add|begin|cancel|clear|close|commit|create|delete|end|execute|insert|prepare|refresh|register|release|rollback|set"
                    + "|truncate|update|unwrap");

    private static final Pattern STATEMENT_SETTINGS = Pattern.compile("set(?!QueryTimeout)|register|clear|add|unwrap");

    private static final List<String> ENDS = List.of("closeOnCompletion", "abort", "close", "free");

    private static final int UNCLOSED = 3;
    /** PostgreSQL's driver prepares on the server at the next run. */
    private static final int RUNS_BEFORE_PREPARED = 5;

    private final SweptDatabase database;
    private final PrintStream out;
    /** What is another word in each run. */
    private final Pattern place;
    /** Puts the rows back; one connection from the first to the last call. */
    private final Connection keeper;
    /** The settings of a connection that nobody has touched. */
    private final String untouched;

    /** The driver's own interfaces of the object in each state. */
    private final Map<String, List<Class<?>>> vendorTypes = new HashMap<>();

    private Connection connection;

    private Sweep(SweptDatabase database, PrintStream out, Pattern place) throws SQLException {
        this.database = database;
        this.out = out;
        this.place = place;
        this.keeper = database.open();
        database.create(keeper);
        database.fill(keeper);
        this.connection = database.open();
        this.untouched = Settings.of(connection);
    }

    public static void main(String[] arguments) throws Exception {
        SweptDatabase database = SweptDatabase.of(arguments[0], arguments[1], arguments[2]);
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        Sweep sweep = new Sweep(database, out, Pattern.compile(arguments[3], Pattern.CASE_INSENSITIVE));
        List<States.State> states = new ArrayList<>(States.of(database));
        sweep.interfaces(states);
        sweep.leftBehind();
        states.removeIf(state -> arguments.length > 4 && !state.name().matches(arguments[4]));
        for (States.State state : states) {
            sweep.sweep(state);
        }
        for (States.State state : states) {
            sweep.afterItsClose(state);
            sweep.afterConnectionsClose(state);
        }
        sweep.connection.close();
        sweep.keeper.close();
        out.flush();
    }

    /** Which interfaces there are in this JVM that no state is made of. */
    private void interfaces(List<States.State> states) throws IOException {
        Set<String> names = new TreeSet<>();
        Path folder = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.sql", "java", "sql");
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .map(name -> type("java.sql." + name.substring(0, name.length() - ".class".length())))
                    .filter(type -> type.isInterface() && Modifier.isPublic(type.getModifiers()))
                    .forEach(type -> names.add(type.getSimpleName()));
        }
        states.forEach(state -> names.remove(state.type().getSimpleName()));
        out.println("# not swept: " + String.join(", ", names));
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException impossible) {
            try {
                return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
            } catch (ClassNotFoundException stillImpossible) {
                throw new IllegalStateException(stillImpossible);
            }
        }
    }

    /** What statements that were never closed leave on the server once their connections are. */
    private void leftBehind() throws SQLException {
        if (!database.isPostgres()) {
            return;
        }
        List<PreparedStatement> open = new ArrayList<>();
        for (int round = 0; round < UNCLOSED; round++) {
            try (Connection borrowed = database.open()) {
                PreparedStatement query = borrowed.prepareStatement("select name from item where id = ? -- left open");
                open.add(query);
                for (int run = 0; run <= RUNS_BEFORE_PREPARED; run++) {
                    query.setInt(1, 1 + run % 3); // there is a row, and it is read
                    ResultSet rows = query.executeQuery();
                    while (rows.next()) {
                        rows.getString(1);
                    }
                }
            }
        }
        try (Connection next = database.open()) {
            out.println("# left on the server by " + open.size() + " statements: "
                    + Settings.column(
                            next, "select count(*) from pg_prepared_statements where statement like '%left open'"));
        }
    }

    private void sweep(States.State state) throws SQLException {
        called(state, null, 0);
        for (Method method : methods(state)) {
            if (state.methods().test(method) || !isOfJdbc(method)) {
                int variants = 1;
                for (int variant = 0; variant < variants; variant++) {
                    variants = called(state, method, variant);
                }
            }
        }
    }

    /** Calls one method on a fresh object, null = none but those of every object; hands out in how many ways it can be called. */
    private int called(States.State state, Method method, int variant) throws SQLException {
        Case around = new Case(database, connection);
        Outcome outcome = new Outcome(around);
        int variants = 1;
        StringBuilder line = new StringBuilder(state.name()).append(" | ").append(signature(method));
        try {
            Object target = state.making().make(around, method);
            around.keep("itself", target);
            if (method == null) {
                vendorTypes.put(state.name(), database.vendorTypesOf(target));
                line.append(" | ")
                        .append(Outcome.types(target))
                        .append(" | ")
                        .append(outcome.of(() -> target.toString()))
                        .append(" | ")
                        .append(new HashSet<>(List.of(target)).contains(target) ? "itself" : "not itself");
            } else {
                List<Object[]> arguments = Arguments.of(around, method, target);
                variants = arguments.size();
                line.append(variants > 1 ? "[" + variant + "]" : "").append(" | ");
                line.append(masked(method, outcome.of(() -> method.invoke(target, arguments.get(variant)))));
                String left = outcome.of(() -> state.trace().left(around, target, method));
                line.append(left.equals("null") ? "" : " | " + left);
            }
        } catch (Throwable notMade) {
            line.append(" | no object: ").append(outcome.of(() -> {
                throw notMade;
            }));
        }
        around.end();
        boolean session = state.type() == Connection.class || Statement.class.isAssignableFrom(state.type());
        boolean question = method != null && isQuestion(method);
        if (!isFresh() || (session && !question && maySetSession(state, method))) {
            renew(line, session);
        } else if (!question) {
            database.fill(keeper);
        }
        print(line);
        return variants;
    }

    /** A prepared statement's own settings end with it. */
    private static boolean maySetSession(States.State state, Method method) {
        return !PreparedStatement.class.isAssignableFrom(state.type())
                || method == null
                || !STATEMENT_SETTINGS.matcher(method.getName()).lookingAt();
    }

    private boolean isFresh() throws SQLException {
        return !connection.isClosed() && connection.getAutoCommit();
    }

    private static String masked(Method method, String text) {
        return NUMBERS_OF_THE_RUN.contains(method.getName()) ? text.replaceAll("\\d+|\\boid\\b", "#") : text;
    }

    /** Closes the connection and takes the next, which must not know of the one before. */
    private void renew(StringBuilder line, boolean compared) throws SQLException {
        try {
            connection.close();
        } catch (SQLException refused) {
            line.append(" | close: ").append(refused.getSQLState());
            connection.rollback();
            connection.close();
        }
        connection = database.open();
        if (compared) {
            String settings = Settings.of(connection);
            line.append(settings.equals(untouched) ? "" : " | the next connection: " + settings);
            line.append(" | ").append(Settings.count(connection));
        }
        database.fill(keeper);
    }

    /** Every method of an object that was closed. */
    private void afterItsClose(States.State state) throws SQLException {
        Case around = new Case(database, connection);
        try {
            Object target = state.making().make(around, null);
            around.keep("itself", target);
            if (close(target)) {
                all(state, around, target, " after its close | ");
            }
        } catch (SQLException notMade) {
            print(new StringBuilder(state.name() + " after its close | no object"));
        }
        around.end();
        renew(new StringBuilder(), false);
    }

    /** Every method of an object whose connection was closed and belongs to somebody else by now. */
    private void afterConnectionsClose(States.State state) throws SQLException {
        Case around = new Case(database, connection);
        Object target;
        try {
            target = state.making().make(around, null);
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException notMade) {
            print(new StringBuilder(state.name() + " after its connection's close | no object"));
            around.end();
            renew(new StringBuilder(), false);
            return;
        }
        around.keep("itself", target);
        Connection spare = database.open();
        connection.close();
        spare.close();
        try (Connection next = database.open()) {
            all(state, around, target, " after its connection's close | ");
            print(new StringBuilder(state.name())
                    .append(" after its connection's close | the next one | ")
                    .append(Settings.of(next))
                    .append(Settings.count(next)));
        }
        around.end();
        renew(new StringBuilder(), false);
    }

    private void all(States.State state, Case around, Object target, String when) {
        Outcome outcome = new Outcome(around);
        List<Method> methods = methods(state);
        // What ends the object comes last, or it would be all that the others find.
        methods.sort(Comparator.comparing(method -> ENDS.indexOf(method.getName())));
        for (Method method : methods) {
            List<Object[]> variants = Arguments.of(around, method, target);
            for (int i = 0; i < variants.size(); i++) {
                Object[] arguments = variants.get(i);
                print(new StringBuilder(state.name())
                        .append(when)
                        .append(signature(method))
                        .append(variants.size() > 1 ? "[" + i + "]" : "")
                        .append(" | ")
                        .append(masked(method, outcome.of(() -> method.invoke(target, arguments)))));
            }
        }
    }

    private static boolean close(Object target) throws SQLException {
        if (target instanceof Connection open) {
            open.close();
        } else if (target instanceof Statement open) {
            open.close();
        } else if (target instanceof ResultSet open) {
            open.close();
        } else if (target instanceof Blob open) {
            open.free();
        } else if (target instanceof Clob open) {
            open.free();
        } else if (target instanceof Array open) {
            open.free();
        } else if (target instanceof SQLXML open) {
            open.free();
        } else {
            return false;
        }
        return true;
    }

    /** Those of the interface, and those of the driver's own ones whose arguments are plain. */
    private List<Method> methods(States.State state) {
        List<Method> methods = new ArrayList<>(Arrays.asList(state.type().getMethods()));
        for (Class<?> vendor : vendorTypes.getOrDefault(state.name(), List.of())) {
            for (Method method : vendor.getMethods()) {
                if (!isOfJdbc(method)
                        && Arrays.stream(method.getParameterTypes()).allMatch(Sweep::isPlain)) {
                    methods.add(method);
                }
            }
        }
        methods.removeIf(method -> Modifier.isStatic(method.getModifiers()));
        methods.sort(Comparator.comparing(Sweep::signature));
        return methods;
    }

    private static boolean isOfJdbc(Method method) {
        return method.getDeclaringClass().getName().startsWith("java.");
    }

    private static boolean isPlain(Class<?> type) {
        return type.isPrimitive() || type.isEnum() || type == String.class;
    }

    private static String signature(Method method) {
        return method == null
                ? "object"
                : method.getName()
                        + Arrays.stream(method.getParameterTypes())
                                .map(Class::getSimpleName)
                                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Whether it changes nothing, so that the next call finds the connection as this one did. */
    private static boolean isQuestion(Method method) {
        String name = method.getName();
        return !CHANGES.matcher(name).lookingAt();
    }

    static Class<?> jdbcTypeOf(Object target) {
        for (Class<?> type : new Class<?>[] {
            java.sql.CallableStatement.class,
            java.sql.PreparedStatement.class,
            Statement.class,
            Connection.class,
            ResultSet.class,
            java.sql.DatabaseMetaData.class,
            java.sql.ResultSetMetaData.class,
            java.sql.ParameterMetaData.class
        }) {
            if (type.isInstance(target)) {
                return type;
            }
        }
        return Object.class;
    }

    private void print(StringBuilder line) {
        out.println(place.matcher(line).replaceAll("here"));
    }
}
