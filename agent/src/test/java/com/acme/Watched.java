package com.acme;

import dev.poolwright.agent.RecordingGate;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs another main class in a class loader of a given shape and prints what the hook's gate was told meanwhile. */
public final class Watched {

    private Watched() {}

    /** Arguments: {@code classPath}, {@code fatJar} or {@code osgi}; the main class; what its class path is. */
    public static void main(String[] arguments) throws Exception {
        Class.forName("java.sql.DriverManager", false, Watched.class.getClassLoader());
        RecordingGate gate;
        try {
            gate = RecordingGate.install();
        } catch (ClassNotFoundException notHooked) {
            System.out.println("no hook");
            return;
        }
        List<URL> urls = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            urls.add(Path.of(arguments[i]).toUri().toURL());
        }
        ClassLoader loader = switch (arguments[0]) {
            case "fatJar" -> new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
            case "osgi" -> new OsgiLike(urls.toArray(URL[]::new));
            default -> Watched.class.getClassLoader();
        };
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass(arguments[1]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        gate.calls().forEach(System.out::println);
    }

    /** Delegates java.* and javax.* alone, and no resource. */
    private static final class OsgiLike extends URLClassLoader {

        OsgiLike(URL[] urls) {
            super(urls, null);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("java.") || name.startsWith("javax.")) {
                return ClassLoader.getPlatformClassLoader().loadClass(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }

        @Override
        public URL getResource(String name) {
            return findResource(name);
        }
    }
}
