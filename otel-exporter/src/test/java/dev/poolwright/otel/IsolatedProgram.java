package dev.poolwright.otel;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An application whose agent keeps OpenTelemetry in a class loader of its own, for a JVM of its own: prints facts for the
 * test to read. Everything about its main thread is something no other thread may keep.
 */
final class IsolatedProgram {

    private IsolatedProgram() {}

    public static void main(String[] args) throws Exception {
        AtomicInteger inherited = new AtomicInteger();
        InheritableThreadLocal<String> secret = new InheritableThreadLocal<>() {
            @Override
            protected String childValue(String parent) {
                inherited.incrementAndGet();
                return parent;
            }
        };
        secret.set("of the application");
        Thread.currentThread().setContextClassLoader(new HostileLoader());

        try (IsolatedLoader isolated = new IsolatedLoader()) {
            Class<?> inside = Class.forName("dev.poolwright.otel.IsolatedScenario", true, isolated);
            inside.getMethod("run", String.class).invoke(null, args[0]);
            System.out.println("inherited thread locals: " + inherited);
            System.out.println("OpenTelemetry classes: "
                    + isolated.loaded.stream()
                            .filter(name -> name.startsWith("io.opentelemetry."))
                            .count());
        }
        secret.remove();
    }

    /** The test's class path again, below the platform's loader: nothing in it is the application's. */
    private static final class IsolatedLoader extends URLClassLoader {
        private final Set<String> loaded = ConcurrentHashMap.newKeySet();

        IsolatedLoader() {
            super(urls(), ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            loaded.add(name);
            return super.findClass(name);
        }

        private static URL[] urls() {
            String path = System.getProperty("java.class.path");
            return Arrays.stream(path.split(System.getProperty("path.separator"), -1))
                    .map(IsolatedLoader::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(entry, e);
            }
        }
    }

    /** An application's loader that nobody else may ask for anything. */
    private static final class HostileLoader extends ClassLoader {
        @Override
        public Class<?> loadClass(String name) {
            throw new IllegalStateException("the context class loader was asked for " + name);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("the context class loader was asked for " + name);
        }
    }

    /** Names of the threads that would outlive the application, with what they hold. */
    static Set<String> threads() {
        Set<String> threads = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            ClassLoader context = thread.getContextClassLoader();
            if (thread.getName().matches("(Batch|Periodic|poolwright).*")) {
                String holds = context == null ? "null" : context.getClass().getSimpleName();
                threads.add(thread.getName() + " daemon=" + thread.isDaemon() + " context=" + holds);
            }
        }
        return threads;
    }
}
