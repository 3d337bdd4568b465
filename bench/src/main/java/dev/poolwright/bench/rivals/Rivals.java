package dev.poolwright.bench.rivals;

import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rivals by name; by class name as well, so that only those are loaded that run. */
public final class Rivals {

    private static final Map<String, String> CLASSES = new LinkedHashMap<>();

    static {
        CLASSES.put("floor", "Floor");
        CLASSES.put("engine", "EngineRival");
        CLASSES.put("engine-traced", "TracedEngineRival");
        CLASSES.put("engine-sampled", "SampledEngineRival");
        CLASSES.put("hikari", "HikariRival");
        CLASSES.put("agroal", "AgroalRival");
        CLASSES.put("tomcat", "TomcatRival");
        CLASSES.put("dbcp2", "Dbcp2Rival");
        CLASSES.put("druid", "DruidRival");
        CLASSES.put("vibur", "ViburRival");
        CLASSES.put("c3p0", "C3p0Rival");
        CLASSES.put("h2", "H2Rival");
        CLASSES.put("none", "NoPool");
    }

    private Rivals() {}

    /** All names, in the order in which they are printed. */
    public static List<String> names() {
        return List.copyOf(CLASSES.keySet());
    }

    /** Starts and fills one. */
    public static Source open(String name, Shape shape) throws Exception {
        return open(name, shape, Rivals.class.getClassLoader());
    }

    /** Starts and fills one that is loaded in a class loader below the application's, as in a WAR or a fat jar. */
    public static Source openInChildLoader(String name, Shape shape) throws Exception {
        return open(name, shape, new ChildLoader(Rivals.class.getClassLoader()));
    }

    private static Source open(String name, Shape shape, ClassLoader loader) throws Exception {
        String simpleName = CLASSES.get(name);
        if (simpleName == null) {
            throw new IllegalArgumentException("no rival is called " + name + ", only " + names());
        }
        Class<?> type = Class.forName(Rivals.class.getPackageName() + "." + simpleName, true, loader);
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true); // in the child loader it is another package
        return ((Rival) constructor.newInstance()).open(shape);
    }
}
