package com.acme.operated;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.h2.jdbcx.JdbcDataSource;

/** An application that somebody operates: does what is written to its standard input, a line each, and says so. */
public final class Shop {

    private static final List<Connection> HELD = new ArrayList<>();
    private static final List<Thread> LOAD = new ArrayList<>();
    private static final AtomicLong DONE = new AtomicLong();
    private static final AtomicLong FAILED = new AtomicLong();
    private static volatile boolean stopped;
    private static String url = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
    private static String password = "";

    private Shop() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            url = arguments[0];
            password = arguments[1];
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("exit"); line = in.readLine()) {
            String[] words = line.split(" ", -1);
            System.out.println(did(words[0], words.length > 1 ? words[1] : ""));
        }
    }

    private static String did(String what, String argument) throws Exception {
        switch (what) {
            case "hold":
                for (int i = 0; i < Integer.parseInt(argument); i++) {
                    HELD.add(open());
                }
                return "holds " + HELD.size();
            case "release":
                for (Connection each : HELD) {
                    each.close();
                }
                HELD.clear();
                return "holds 0";
            case "leak":
                for (int i = 0; i < Integer.parseInt(argument); i++) {
                    forget();
                }
                return "leaked";
            case "collect":
                System.gc();
                return "collected";
            case "ask":
                new Thread(Shop::buy, "asks").start();
                return "asks";
            case "load":
                return load(Integer.parseInt(argument));
            case "stop":
                return stop();
            case "kind":
                try (Connection connection = open()) {
                    return connection.getClass().getName();
                }
            case "refused":
                try {
                    DriverManager.getConnection(url, "nobody", argument).close();
                    return "let in";
                } catch (SQLException refused) {
                    return "refused " + refused.getMessage().replace('\n', ' ');
                }
            case "server":
                return String.valueOf(MBeanServerFactory.findMBeanServer(null).size());
            case "jmx":
                return "made " + (ManagementFactory.getPlatformMBeanServer() != null);
            case "url":
                HELD.add(DriverManager.getConnection("jdbc:h2:mem:url;DB_CLOSE_DELAY=-1;USER=sa;PASSWORD=" + argument));
                return "opened";
            case "properties":
                Properties properties = new Properties();
                properties.setProperty("user", "sa");
                properties.setProperty("password", argument);
                HELD.add(DriverManager.getConnection("jdbc:h2:mem:properties;DB_CLOSE_DELAY=-1", properties));
                return "opened";
            case "setter":
                JdbcDataSource source = new JdbcDataSource();
                source.setURL("jdbc:h2:mem:setter;DB_CLOSE_DELAY=-1");
                source.setUser("sa");
                source.setPassword(argument);
                HELD.add(source.getConnection());
                return "opened";
            case "others":
                return others();
            case "engines":
                for (int i = 1; i <= Integer.parseInt(argument); i++) {
                    HELD.add(DriverManager.getConnection("jdbc:h2:mem:shop" + i + ";DB_CLOSE_DELAY=-1", "sa", ""));
                }
                return "holds " + HELD.size();
            case "commit":
                for (int i = 0; i < Integer.parseInt(argument); i++) {
                    commit();
                }
                return "committed";
            case "uncommitted":
                return uncommitted();
            case "session":
                try (Connection connection = open();
                        Statement statement = connection.createStatement()) {
                    statement.execute("set @tenant = 7");
                }
                return "set";
            case "statements":
                return statements(Integer.parseInt(argument));
            case "flush":
                return BatchDesk.flush(url, password, Integer.parseInt(argument));
            case "hostile":
                return hostile();
            case "timeout":
                try {
                    return "got " + open();
                } catch (SQLException late) {
                    return late + " " + late.getCause();
                }
            case "switch":
                return switched(Integer.parseInt(argument));
            case "bean":
                return bean(argument.split(",", -1));
            case "beans":
                return beans(argument);
            default:
                return "what?";
        }
    }

    /** An embedded database, another way to the shop's, and a database that nobody knows. */
    private static String others() throws SQLException {
        DriverManager.getConnection("jdbc:h2:mem:embedded", "sa", "").close();
        DriverManager.getConnection(url + ";LOCK_TIMEOUT=77", "sa", password).close();
        try {
            DriverManager.getConnection("jdbc:acme:anything").close();
            return "?";
        } catch (SQLException noDriver) {
            return "asked others";
        }
    }

    private static void commit() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create table if not exists article(id int)");
            connection.commit();
        }
    }

    private static String uncommitted() throws SQLException {
        commit(); // there is the table
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("insert into article values (1)");
        }
        return "closed";
    }

    /** Left open on the connection that is held for longest. */
    private static String statements(int count) throws SQLException {
        if (HELD.isEmpty()) {
            HELD.add(open());
        }
        for (int i = 0; i < count; i++) {
            HELD.get(0).createStatement().execute("select 1");
        }
        return "left open";
    }

    /** A database and a text that would be markup, were they not text. */
    private static String hostile() throws SQLException {
        String markup = "<img src=x onerror=document.title='owned'>";
        Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + markup + ";DB_CLOSE_DELAY=-1", "sa", "");
        HELD.add(connection);
        Thread.currentThread().setName("<script>document.title='owned'</script>");
        HELD.add(DriverManager.getConnection("jdbc:h2:mem:" + markup + ";DB_CLOSE_DELAY=-1", "sa", ""));
        Thread.currentThread().setName("main");
        // Whatever is in quotes of any kind is not shown.
        connection.createStatement().execute("create table markup(script int, onerror int)");
        connection.prepareStatement("select 1 from markup where 1<script/onerror");
        return "opened";
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection(url, "sa", password);
    }

    private static void forget() throws SQLException {
        open().createStatement().execute("select 'a secret of the data'");
    }

    private static void buy() {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
            DONE.incrementAndGet();
        } catch (SQLException | RuntimeException failure) {
            failure.printStackTrace();
            FAILED.incrementAndGet();
        }
    }

    private static String load(int threads) {
        stopped = false;
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(
                    () -> {
                        while (!stopped) {
                            buy();
                        }
                    },
                    "buyer-" + i);
            LOAD.add(thread);
            thread.start();
        }
        return "loaded";
    }

    private static String stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : LOAD) {
            thread.join();
        }
        LOAD.clear();
        return DONE.get() + " done, " + FAILED.get() + " failed";
    }

    /** The mode, so often, by the agent's bean. */
    private static String switched(int times) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName agent = new ObjectName("dev.poolwright:type=Agent");
        String[] modes = {"observe", "off", "pool", "off", "observe", "pool"};
        for (int i = 1; i <= times; i++) {
            String[] values = {"mode", i == times ? "pool" : modes[i % modes.length]};
            String[] types = {String.class.getName(), String.class.getName()};
            server.invoke(agent, "set", values, types);
        }
        return "switched";
    }

    /** An operation of the one engine's bean, and its arguments, all of them numbers. */
    private static String bean(String[] words) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName engine = server.queryNames(new ObjectName("dev.poolwright:type=Engine,*"), null).stream()
                .findFirst()
                .orElseThrow();
        Object[] arguments = new Object[words.length - 1];
        String[] types = new String[words.length - 1];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = Integer.valueOf(words[i + 1]);
            types[i] = "int";
        }
        return String.valueOf(server.invoke(engine, words[0], arguments, types));
    }

    /** Every attribute of every bean of the agent, or of those of one type. */
    private static String beans(String type) throws Exception {
        StringBuilder all = new StringBuilder();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("dev.poolwright:*"), null)) {
            if (type.isEmpty() || type.equals(name.getKeyProperty("type"))) {
                all.append(name).append(' ');
                for (javax.management.MBeanAttributeInfo each :
                        server.getMBeanInfo(name).getAttributes()) {
                    Object value = server.getAttribute(name, each.getName());
                    all.append(each.getName()).append('=').append(text(value)).append(' ');
                }
            }
        }
        return all.toString().replace('\n', ' ');
    }

    private static String text(Object value) {
        if (value instanceof Object[] values) {
            return java.util.Arrays.asList(values).toString();
        }
        return value instanceof javax.management.openmbean.TabularData rows
                ? rows.values().toString()
                : String.valueOf(value);
    }
}
