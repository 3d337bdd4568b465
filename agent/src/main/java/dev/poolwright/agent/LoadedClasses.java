package dev.poolwright.agent;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the application had loaded of JDBC before we came. Must not load any of it itself, nor link against it. */
final class LoadedClasses {

    static final String DRIVER_MANAGER = "java.sql.DriverManager";

    private static final String DRIVER = "java.sql.Driver";
    private static final String DATA_SOURCE = "javax.sql.CommonDataSource";

    private LoadedClasses() {}

    /**
     * DriverManager, drivers, data sources of all kinds, and their superclasses: one of those may declare the method.
     *
     * @param ofJavaSql the loader of module {@code java.sql}
     */
    static List<Class<?>> toBeWoven(Instrumentation instrumentation, @Nullable ClassLoader ofJavaSql) {
        if (!isJdbcLoaded(instrumentation, ofJavaSql)) {
            return new ArrayList<>();
        }
        Class<?> driver = null;
        Class<?> dataSource = null;
        Set<Class<?>> found = new LinkedHashSet<>();
        Class<?>[] all = instrumentation.getAllLoadedClasses();
        for (Class<?> type : all) {
            String name = type.getName();
            if (name.equals(DRIVER_MANAGER)) {
                found.add(type);
            } else if (name.equals(DRIVER)) {
                driver = type;
            } else if (name.equals(DATA_SOURCE)) {
                dataSource = type;
            }
        }
        if (driver != null || dataSource != null) {
            for (Class<?> type : all) {
                if (isA(driver, type) || isA(dataSource, type)) {
                    addWithSuperclasses(type, instrumentation, found);
                }
            }
        }
        return new ArrayList<>(found);
    }

    /** Asked of that one loader first: at the start of a JVM it has a dozen classes, and others 600. */
    private static boolean isJdbcLoaded(Instrumentation instrumentation, @Nullable ClassLoader ofJavaSql) {
        for (Class<?> type : instrumentation.getInitiatedClasses(ofJavaSql)) {
            String name = type.getName();
            if (name.equals(DRIVER_MANAGER) || name.equals(DRIVER) || name.equals(DATA_SOURCE)) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody uses JMX already. */
    static boolean isManagementThere(Instrumentation instrumentation) {
        for (Class<?> type : instrumentation.getInitiatedClasses(null)) {
            if (type.getName().equals("com.sun.jmx.mbeanserver.JmxMBeanServer")) {
                return true;
            }
        }
        return false;
    }

    /** The loaders of OpenTelemetry's context, where somebody uses it already; not our own. */
    static List<ClassLoader> usingOpenTelemetry(Instrumentation instrumentation) {
        List<ClassLoader> found = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = type.getClassLoader();
            if (loader != null
                    && loader != LoadedClasses.class.getClassLoader()
                    && type.getName().equals("io.opentelemetry.context.LazyStorage")) {
                found.add(loader);
            }
        }
        return found;
    }

    private static boolean isA(@Nullable Class<?> kind, Class<?> type) {
        return kind != null && !type.isInterface() && kind.isAssignableFrom(type);
    }

    private static void addWithSuperclasses(Class<?> type, Instrumentation instrumentation, Set<Class<?>> found) {
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            if (instrumentation.isModifiableClass(c)) {
                found.add(c);
            }
        }
    }
}
