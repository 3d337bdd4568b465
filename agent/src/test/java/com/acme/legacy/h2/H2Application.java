package com.acme.legacy.h2;

import com.acme.legacy.AfterClose;
import com.acme.legacy.Closing;
import com.acme.legacy.Database;
import com.acme.legacy.Script;
import com.acme.legacy.SessionState;
import com.acme.legacy.Transactions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;

/** Everything the legacy application does on H2. Arguments: a folder of its own, the port of a server. */
public final class H2Application {

    private H2Application() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        Lifetimes.play(folder, port);
        Entries.play();
        XaAndPools.play();
        Tenants.play();
        Failures.play();
        Database database = Database.h2("jdbc:h2:mem:legacy;DB_CLOSE_DELAY=-1");
        Transactions.play(database);
        SessionState.play(database);
        Closing.play(database);
        LargeObjects.play(database);
        AfterClose.play(database);
        Script script = new Script("connections");
        script.count("opened", database.opened());
        script.count("sessions", database.sessions());
        withoutDriver(database);
    }

    private static void withoutDriver(Database database) throws Exception {
        Script script = new Script("drivers");
        Driver driver = DriverManager.getDriver(database.url());
        DriverManager.deregisterDriver(driver);
        script.twice("nobody accepts the URL", () -> {
            try (Connection connection = database.open()) {
                return connection.isValid(1);
            }
        });
        DriverManager.registerDriver(driver);
        script.twice("somebody does again", () -> {
            try (Connection connection = database.open()) {
                return connection.isValid(1);
            }
        });
    }
}
