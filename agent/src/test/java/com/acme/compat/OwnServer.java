package com.acme.compat;

import java.sql.SQLException;
import org.h2.tools.Server;

/** An H2 server in the application's own JVM: there its delays can be set. */
final class OwnServer {

    private OwnServer() {}

    /** The URL with the port the server listens on, in place of 0. */
    static String serve(String url) throws SQLException {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-tcpDaemon")
                .start();
        return url.replace(":0/", ":" + server.getPort() + "/");
    }
}
