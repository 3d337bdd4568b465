package dev.poolwright.bench.rivals;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads the pools itself, and only what the benchmark and the driver share with them from its parent: where the classes
 * of a web application or of a fat jar are.
 */
final class ChildLoader extends URLClassLoader {

    private static final List<String> SHARED =
            List.of("dev.poolwright.bench.stub.", Source.class.getName(), Shape.class.getName(), Rival.class.getName());

    ChildLoader(ClassLoader parent) throws MalformedURLException {
        super(classPath(), parent);
    }

    private static URL[] classPath() throws MalformedURLException {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            urls[i] = new File(entries[i]).toURI().toURL();
        }
        return urls;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.") || isShared(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try {
                return findClass(name);
            } catch (ClassNotFoundException ofThePlatform) {
                return super.loadClass(name, resolve);
            }
        }
    }

    private static boolean isShared(String name) {
        for (String shared : SHARED) {
            if (shared.endsWith(".") ? name.startsWith(shared) : name.equals(shared)) {
                return true;
            }
        }
        return false;
    }
}
