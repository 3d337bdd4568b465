package dev.poolwright.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent's own classes, out of the application's sight: from {@code inst/**.classdata} of the agent jar, with
 * the platform's classes as only parents. Safe for any thread; keeps the jar open for the life of the JVM.
 */
final class AgentLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String FOLDER = "inst/";

    private final ProtectionDomain domain;
    private final File file;
    private final ZipFile jar;

    /**
     * @param entry a class of the agent jar
     * @throws IOException the jar cannot be read
     * @throws URISyntaxException the jar's location is no file
     */
    AgentLoader(Class<?> entry) throws IOException, URISyntaxException {
        super(platformLoader());
        domain = entry.getProtectionDomain();
        file = new File(domain.getCodeSource().getLocation().toURI());
        jar = new ZipFile(file);
    }

    private static ClassLoader platformLoader() {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        for (ClassLoader parent = loader.getParent(); parent != null; parent = parent.getParent()) {
            loader = parent;
        }
        return loader;
    }

    /** The agent's own classes without asking the platform first, which knows none of them and takes long to say so. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        // The hook's bytes lie in the jar too; its place is module java.sql.
        ZipEntry entry = name.startsWith("java.") ? null : entry(name.replace('.', '/') + ".class");
        if (entry == null) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name, entry) : loaded;
        }
    }

    private Class<?> define(String name, ZipEntry entry) throws ClassNotFoundException {
        try {
            byte[] bytes = read(entry);
            return defineClass(name, bytes, 0, bytes.length, domain);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        ZipEntry entry = entry(name);
        if (entry == null) {
            return null;
        }
        try {
            return new URL("jar:" + file.toURI().toURL() + "!/" + entry.getName());
        } catch (MalformedURLException noSuchResource) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL only = findResource(name);
        return only == null
                ? Collections.<URL>emptyEnumeration()
                : Collections.enumeration(Collections.singletonList(only));
    }

    /** Straight from the jar: the way over a URL loads a protocol handler first. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        ZipEntry entry = entry(name);
        try {
            return entry == null ? super.getResourceAsStream(name) : jar.getInputStream(entry);
        } catch (IOException unreadable) {
            return null;
        }
    }

    private @Nullable ZipEntry entry(String name) {
        return jar.getEntry(FOLDER + (name.endsWith(".class") ? name + "data" : name));
    }

    private byte[] read(ZipEntry entry) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(entry.getSize())];
        try (InputStream in = jar.getInputStream(entry)) {
            int length = 0;
            while (length < bytes.length) {
                int more = in.read(bytes, length, bytes.length - length);
                if (more < 0) {
                    throw new IOException(entry.getName() + " ends early in " + file);
                }
                length += more;
            }
        }
        return bytes;
    }
}
