package dev.poolwright.control.page;

import com.sun.net.httpserver.HttpServer;
import dev.poolwright.gate.Operation;
import dev.poolwright.house.Housekeeper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The port on loopback. Its threads are daemons of ours; those that answer end when nobody has asked for a minute. */
final class Port {

    /** Whoever sends slowly keeps one. */
    private static final int THREADS = 8;

    /** Not by name: that can be any address in a hosts file. */
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private Port() {}

    /** Called on a daemon thread: the server's own threads are as the one that makes them. */
    static void open(int port, Operation operation, String token) throws IOException {
        Document document = Document.read();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
        server.createContext("/", new Answering(new Entrance(port, token), document, operation));
        server.setExecutor(threads());
        server.start();
    }

    private static ThreadPoolExecutor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<Runnable>(), new ThreadFactory() {
                    @Override
                    public Thread newThread(Runnable work) {
                        return Housekeeper.threadForTheEnd(work, "poolwright-console");
                    }
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
