package com.acme;

import dev.poolwright.agent.RecordingGate;
import java.io.File;
import java.sql.DriverManager;
import java.sql.SQLException;
import net.bytebuddy.agent.ByteBuddyAgent;

/** Has used JDBC already when the agent whose jar is the argument comes; twice, as an impatient operator would. */
public final class AttachedWhileRunning {

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
        DriverManager.getConnection("jdbc:h2:mem:attached", "sa", "").close();
    }
}
