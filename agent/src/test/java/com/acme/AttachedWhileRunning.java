package com.acme;

import dev.poolwright.agent.RecordingGate;
import java.io.File;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.h2.jdbcx.JdbcDataSource;

/** Has used JDBC already when the agent whose jar is the argument comes; twice, as an impatient operator would. */
public final class AttachedWhileRunning {

    private static final String URL = "jdbc:h2:mem:attached";

    private AttachedWhileRunning() {}

    public static void main(String[] arguments) throws Exception {
        connect();
        String self = Long.toString(ProcessHandle.current().pid());
        ByteBuddyAgent.attach(new File(arguments[0]), self);
        ByteBuddyAgent.attach(new File(arguments[0]), self);
        RecordingGate gate = RecordingGate.install();
        connect();
        gate.calls().forEach(System.out::println);
    }

    private static void connect() throws SQLException {
        DriverManager.getConnection(URL, "sa", "").close();
        new org.h2.Driver().connect(URL, new Properties()).close();
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(URL);
        source.getConnection().close();
        source.getXAConnection().close();
    }
}
