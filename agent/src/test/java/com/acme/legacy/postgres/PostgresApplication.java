package com.acme.legacy.postgres;

import com.acme.legacy.AfterClose;
import com.acme.legacy.Closing;
import com.acme.legacy.Database;
import com.acme.legacy.Script;
import com.acme.legacy.SessionState;
import com.acme.legacy.Transactions;

/** Everything the legacy application does on PostgreSQL. Arguments: the port, a database of its own. */
public final class PostgresApplication {

    static final String USER = "clerk";
    static final String PASSWORD = "pencil";

    private PostgresApplication() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        String name = arguments[1];
        String url = "jdbc:postgresql://localhost:" + port + "/" + name;
        Database database = Database.postgres(url, USER, PASSWORD);
        Entries.play(port, name);
        Failures.play(port, name);
        Transactions.play(database);
        SessionState.play(database);
        Closing.play(database);
        VendorCalls.play(database);
        VendorState.play(database);
        Values.play(database);
        SchemaChanges.play(database);
        BrokenConnections.play(database);
        AfterClose.play(database);
        Script script = new Script("connections");
        script.count("opened", database.opened());
        script.count("sessions", database.sessions());
    }
}
