package com.acme.shapes;

import com.acme.legacy.Script;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Deploys applications, asks each once, undeploys it, and waits for the classes of the first to go. Arguments: tomcat or jetty, a
 * folder to work in, and for each application a WAR, whose name it gets.
 */
public final class WebServerRun {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Script script = new Script("server");

    private WebServerRun() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("http.keepAlive", "false"); // a server remembers whom an open connection last asked
        LogManager.getLogManager().reset();
        Logger.getLogger("").addHandler(new Complaints());
        Path folder = Path.of(arguments[1]);
        WebServer server = arguments[0].equals("tomcat") ? new TomcatServer(folder) : new JettyServer(folder);
        WebServerRun run = new WebServerRun();
        for (int i = 2; i < arguments.length; i++) {
            Path war = Path.of(arguments[i]);
            WeakReference<ClassLoader> classes = run.runOnce(server, war);
            if (i == 2) {
                run.script.step("the classes of the first are gone", () -> isGone(classes));
            }
        }
        server.stop();
        System.exit(0); // also where a server of another mind left a thread
    }

    private WeakReference<ClassLoader> runOnce(WebServer server, Path war) throws Exception {
        String name = war.getFileName().toString().replace(".war", "");
        Object deployed = server.deploy(name, war);
        script.step(name, () -> ask(server.port(), name));
        WeakReference<ClassLoader> classes = new WeakReference<>(server.loader(deployed));
        awaitRest(classes);
        server.undeploy(deployed);
        return classes;
    }

    /** A server answers before its thread has left the application, and takes such a thread for one left behind. */
    private static void awaitRest(WeakReference<ClassLoader> classes) {
        long start = System.nanoTime();
        while (isAtWork(classes) && System.nanoTime() - start < PATIENCE_NANOS) {
            Thread.onSpinWait();
        }
    }

    private static boolean isAtWork(WeakReference<ClassLoader> classes) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(
                        thread -> thread != Thread.currentThread() && classes.refersTo(thread.getContextClassLoader()));
    }

    private static String ask(int port, String name) throws IOException {
        HttpURLConnection http = (HttpURLConnection) URI.create("http://localhost:" + port + "/" + name + "/shop")
                .toURL()
                .openConnection();
        try (InputStream answer = http.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            http.disconnect();
        }
    }

    /** Whether nothing holds it but what a full heap lets go. */
    private static boolean isGone(WeakReference<ClassLoader> classes) {
        Deque<byte[]> cache = new ArrayDeque<>();
        long start = System.nanoTime();
        while (classes.get() != null && System.nanoTime() - start < PATIENCE_NANOS) {
            cache.add(new byte[20_000]);
            if (cache.size() > 400) {
                cache.remove();
            }
        }
        return classes.get() == null;
    }

    /** What a server says of an application that leaves something behind. */
    private static final class Complaints extends Handler {

        Complaints() {
            setLevel(Level.WARNING);
        }

        @Override
        public void publish(LogRecord said) {
            // A thread that has sent its answer and is not quite back in the server: a matter of microseconds.
            if (isLoggable(said) && !String.valueOf(said.getMessage()).contains("still processing a request")) {
                System.out.println("server | says: " + said.getLevel() + " " + said.getMessage());
            }
        }

        @Override
        public void flush() {
            // Printed already.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
