package dev.poolwright.control.page;

import com.sun.net.httpserver.HttpServer;
import dev.poolwright.gate.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The port on loopback. */
final class Port {

    /** Not by name: that can be any address in a hosts file. */
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private Port() {}

    /** Called on a daemon thread: the server's own threads are as the one that makes them. */
    static void open(int port, Operation operation, String token) throws IOException {
        Document document = Document.read();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
        if (!server.getClass().getName().startsWith("sun.net.httpserver.")) {
            server.stop(0);
            throw new IOException("the application has another HTTP server in the place of the JDK's ("
                    + server.getClass().getName() + "), which is not ours to use");
        }
        server.createContext("/", new Answering(new Entrance(port, token), document, operation));
        server.setExecutor(new Threads());
        server.start();
    }
}
