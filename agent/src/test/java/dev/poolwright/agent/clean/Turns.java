package dev.poolwright.agent.clean;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a driver and its server and counts how often the driver speaks after the server has spoken. */
final class Turns implements AutoCloseable {

    private final ServerSocket socket;
    private final int server;
    private final AtomicLong turns = new AtomicLong();

    private Turns(ServerSocket socket, int server) {
        this.socket = socket;
        this.server = server;
    }

    static Turns to(int server) throws IOException {
        Turns turns = new Turns(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        start(turns::accept);
        return turns;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Round trips so far: each begins when the driver speaks. */
    long count() {
        return turns.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = socket.accept();
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            AtomicLong lastSpeaker = new AtomicLong();
            start(() -> pass(client, behind, lastSpeaker, 1));
            start(() -> pass(behind, client, lastSpeaker, 2));
        }
    }

    private void pass(Socket from, Socket to, AtomicLong lastSpeaker, int speaker) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (lastSpeaker.getAndSet(speaker) != speaker && speaker == 1) {
                    turns.incrementAndGet();
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // One of them has hung up.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
