package com.acme.legacy.h2;

import com.acme.legacy.Script;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.Driver;

/** Two applications in one JVM, each with a driver of its own, as in an application server. */
public final class Tenants {

    private Tenants() {}

    static void play() throws Exception {
        Script script = new Script("tenants");
        URL[] own = {
            Driver.class.getProtectionDomain().getCodeSource().getLocation(),
            Tenants.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader first = new URLClassLoader(own, ClassLoader.getPlatformClassLoader());
                URLClassLoader second = new URLClassLoader(own, ClassLoader.getPlatformClassLoader())) {
            script.step("each has its own database of that name", () -> visit(first, "a") + " " + visit(second, "b"));
            script.step("and finds it again", () -> visit(first, "c") + " " + visit(second, "d"));
            script.step("as a third, the container", () -> visits("e"));
        }
    }

    private static Object visit(ClassLoader loader, String word) throws Exception {
        return loader.loadClass(Tenants.class.getName())
                .getMethod("visits", String.class)
                .invoke(null, word);
    }

    /** Leaves a word and reads all that were left. */
    public static List<String> visits(String word) throws SQLException, ClassNotFoundException {
        Class.forName("org.h2.Driver");
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:tenant;DB_CLOSE_DELAY=-1", "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists word (text varchar(10))");
            statement.execute("insert into word values ('" + word + "')");
            try (ResultSet rows = statement.executeQuery("select text from word order by text")) {
                List<String> words = new ArrayList<>();
                while (rows.next()) {
                    words.add(rows.getString(1));
                }
                return words;
            }
        }
    }
}
