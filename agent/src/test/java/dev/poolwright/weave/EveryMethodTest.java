package dev.poolwright.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.classfile.Code;
import dev.poolwright.classfile.Constants;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole programs in which every method has been woven, with code at its entry and at each exit: what one cannot think of
 * is in one of their bodies. The JVM verifies each; a database must still work.
 */
class EveryMethodTest {

    @Test
    void of_a_database_works_and_is_left_as_often_as_entered() throws Exception {
        Path h2 = Path.of(
                Server.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Tally.reset();
        try (WovenLoader loader = new WovenLoader(h2)) {
            Driver driver = (Driver)
                    loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
            try (Connection connection = driver.connect("jdbc:h2:mem:every", new Properties());
                    Statement statement = connection.createStatement()) {
                statement.execute("create table item (id int primary key, name varchar(20), price decimal(10, 2))");
                statement.execute("insert into item select x, 'n' || mod(x, 7), x * 1.5 from system_range(1, 500)");
                statement.execute("create index by_name on item (name)");
                assertThat(text(
                                statement,
                                "select name, count(*), sum(price) from item where id between 10 and 400 group by name"
                                        + " having count(*) > 1 order by name desc fetch first 2 rows only"))
                        .isEqualTo("n6 56 17262.00 n5 56 17178.00 ");
                assertThat(text(statement, "select regexp_replace('a1b22', '[0-9]+', '-'), upper('x'), 7 / 2"))
                        .isEqualTo("a-b- X 3 ");
                assertThat(failureOf(statement, "select * from nothing")).isEqualTo("42S02");
                assertThat(failureOf(statement, "insert into item values (1, null, 0)"))
                        .isEqualTo("23505");
            }
        }

        assertThat(Tally.ENTERED.get()).isGreaterThan(10_000);
        assertThat(Tally.CONFUSED.get()).isZero();
        assertThat(Tally.LEFT.get()).isEqualTo(Tally.ENTERED.get());
    }

    @ParameterizedTest
    @MethodSource("jars")
    void is_accepted_by_the_verifier(Path jar) throws Exception {
        int accepted = 0;
        try (WovenLoader loader = new WovenLoader(jar);
                JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (!name.endsWith(".class") || name.startsWith("META-INF/") || name.endsWith("-info.class")) {
                    continue;
                }
                try {
                    Class<?> woven =
                            Class.forName(name.substring(0, name.length() - 6).replace('/', '.'), false, loader);
                    accepted += woven.getDeclaredMethods().length; // asking links it
                } catch (NoClassDefFoundError | ClassNotFoundException elsewhere) {
                    // of a library that is not here
                }
            }
        }

        assertThat(accepted).isGreaterThan(100);
    }

    /** Compilers of twenty years: class files without frames, with subroutines, with all kinds of switches. */
    static List<Path> jars() throws IOException {
        List<String> drivers = List.of("mysql-connector", "hsqldb", "derbyclient", "mssql", "mariadb");
        try (Stream<Path> files = Files.list(Path.of("target", "drivers"))) {
            return files.filter(file -> drivers.stream()
                            .anyMatch(driver -> file.getFileName().toString().startsWith(driver)))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    text.append(rows.getString(i)).append(' ');
                }
            }
        }
        return text.toString();
    }

    private static String failureOf(Statement statement, String text) {
        try {
            statement.execute(text);
            return "none";
        } catch (SQLException failure) {
            return failure.getSQLState();
        }
    }

    /** What the woven methods call. */
    public static final class Tally {

        static final AtomicInteger ENTERED = new AtomicInteger();
        static final AtomicInteger LEFT = new AtomicInteger();
        static final AtomicInteger CONFUSED = new AtomicInteger();

        private Tally() {}

        static void reset() {
            ENTERED.set(0);
            LEFT.set(0);
            CONFUSED.set(0);
        }

        /** To be handed to {@link #left}. */
        public static Object entered(String method) {
            ENTERED.incrementAndGet();
            return method;
        }

        /** Told by the exit. */
        public static void left(Object token, String method) {
            LEFT.incrementAndGet();
            if (!method.equals(token)) {
                CONFUSED.incrementAndGet();
            }
        }
    }

    /** Loads a jar's classes woven. */
    private static final class WovenLoader extends URLClassLoader {

        private final Weaver weaver = new Weaver() {
            @Override
            AroundMethod around(ClassFile file, ClassFile.Method method, Constants constants) {
                return method.name.startsWith("<") ? null : new Counted(file, method, constants);
            }
        };

        WovenLoader(Path jar) throws IOException {
            super(new URL[] {jar.toUri().toURL()}, EveryMethodTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                URL own = loaded == null && !name.startsWith("java")
                        ? findResource(name.replace('.', '/') + ".class")
                        : null;
                if (own == null) {
                    return loaded == null ? super.loadClass(name, resolve) : loaded;
                }
                try (InputStream in = own.openStream()) {
                    byte[] woven = weaver.weave(ClassFile.of(in.readAllBytes()));
                    return defineClass(name, woven, 0, woven.length);
                } catch (IOException unreadable) {
                    throw new ClassNotFoundException(name, unreadable);
                }
            }
        }
    }

    private static final class Counted extends AroundMethod {

        private static final String TALLY = Tally.class.getName().replace('.', '/');

        Counted(ClassFile file, ClassFile.Method method, Constants constants) {
            super(file, method, constants, "java/lang/Object");
        }

        @Override
        void atEntry(Code code) {
            code.ldc(constants.string(method.name))
                    .op(Code.INVOKESTATIC, constants.method(TALLY, "entered", "(Ljava/lang/String;)Ljava/lang/Object;"))
                    .store('A', fresh(0));
        }

        @Override
        void atReturn(Code code) {
            code.load('A', fresh(0))
                    .ldc(constants.string(method.name))
                    .op(Code.INVOKESTATIC, constants.method(TALLY, "left", "(Ljava/lang/Object;Ljava/lang/String;)V"));
        }

        @Override
        boolean guards() {
            return true;
        }

        @Override
        void atThrow(Code code) {
            atReturn(code);
        }
    }
}
