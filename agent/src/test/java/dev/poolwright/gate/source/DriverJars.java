package dev.poolwright.gate.source;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The real drivers that the build lays down, each in a class loader of its own; beans are made and set by reflection. */
final class DriverJars {

    private static final Path FOLDER = Path.of(System.getProperty("poolwright.target", "target"), "drivers");

    private DriverJars() {}

    /** A new loader of the jars whose names begin so. */
    static URLClassLoader loader(String... jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String jar : jars) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(FOLDER, jar + "*.jar")) {
                int before = urls.size();
                for (Path path : found) {
                    urls.add(path.toUri().toURL());
                }
                if (urls.size() == before) {
                    throw new IOException("no " + jar + " in " + FOLDER.toAbsolutePath());
                }
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    static DataSource make(ClassLoader loader, String className) throws ReflectiveOperationException {
        return (DataSource) loader.loadClass(className).getDeclaredConstructor().newInstance();
    }

    /** Calls a setter: {@code setUser}, {@code clerk}. */
    static void set(Object bean, String setter, Object value) throws ReflectiveOperationException {
        for (Method method : bean.getClass().getMethods()) {
            if (method.getName().equals(setter) && method.getParameterCount() == 1) {
                Class<?> type = method.getParameterTypes()[0];
                if (value == null ? !type.isPrimitive() : boxed(type).isInstance(value)) {
                    try {
                        method.invoke(bean, value);
                        return;
                    } catch (InvocationTargetException refused) {
                        throw new IllegalArgumentException(bean.getClass() + "." + setter, refused.getCause());
                    }
                }
            }
        }
        throw new NoSuchMethodException(bean.getClass() + "." + setter);
    }

    private static Class<?> boxed(Class<?> type) {
        return type == int.class
                ? Integer.class
                : type == boolean.class ? Boolean.class : type == long.class ? Long.class : type;
    }
}
