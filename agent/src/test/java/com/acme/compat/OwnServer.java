package com.acme.compat;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** A server in the application's own JVM: there its delays can be set, and it ends with it. */
final class OwnServer {

    private static final long POLL_NANOS = 20_000_000;

    private OwnServer() {}

    /** The URL with the port the server listens on, in place of 0; as it is where there is no server to start. */
    static String serve(Kind kind, String url) throws Exception {
        int port = switch (kind) {
            case H2 ->
                org.h2.tools.Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-tcpDaemon")
                        .start()
                        .getPort();
            case DERBY_SERVER -> derby();
            default -> 0;
        };
        return url.replace(":0/", ":" + port + "/");
    }

    private static int derby() throws Exception {
        int port = freePort();
        org.apache.derby.drda.NetworkServerControl server =
                new org.apache.derby.drda.NetworkServerControl(InetAddress.getByName("localhost"), port);
        server.start(new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        while (!isUp(server)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return port;
    }

    private static boolean isUp(org.apache.derby.drda.NetworkServerControl server) {
        try {
            server.ping();
            return true;
        } catch (Exception notYet) {
            return false;
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
