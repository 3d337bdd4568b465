package dev.poolwright.weave;

import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class the JVM loads and weaves the few that concern us. Registered as incapable of retransformation, so
 * that what it weaves is part of a class's initial bytes and other agents' retransformations keep it.
 *
 * <p>Any thread that loads a class calls this, holding the lock of its class loader.
 */
public final class Weaving implements ClassFileTransformer {

    /*
     * Names no weaver as a type, or the verifier would load them at start: an application without JDBC never
     * needs them.
     */
    static final String DRIVER_MANAGER = "java/sql/DriverManager";

    /** What MBean servers are made of: whoever loads it uses JMX. */
    public static final String MBEAN_SERVER = "com/sun/jmx/mbeanserver/JmxMBeanServer";

    /** What is loaded when an application first uses the context of its OpenTelemetry. */
    public static final String OPENTELEMETRY_IN_USE = "io/opentelemetry/context/LazyStorage";

    private static final int ITS_LENGTH = OPENTELEMETRY_IN_USE.length();
    /** What an engine of our own library opens connections with, in an application that has both. */
    private static final String LIBRARY_OPENS = "dev/poolwright/engine/source/Given";

    private static final byte[][] HOOK_NAME = {"java/sql/PoolwrightHook".getBytes(StandardCharsets.US_ASCII)};

    private final HookRoom hook;
    private final ClassLoader mine = Weaving.class.getClassLoader();
    private final ClassLoader platform = mine.getParent();
    private final Set<String> leftAlone = ConcurrentHashMap.newKeySet();

    public Weaving(HookRoom hook) {
        this.hook = hook;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null) {
            return null;
        }
        if (loader == null && name.equals(MBEAN_SERVER)) {
            hook.sawManagement();
            return null;
        }
        if (loader == null || loader == platform) {
            return name.equals(DRIVER_MANAGER) ? weave(loader, name, bytes) : null;
        }
        if (loader == mine) {
            return null;
        }
        if (name.length() == ITS_LENGTH && name.equals(OPENTELEMETRY_IN_USE)) {
            hook.sawOpenTelemetry(loader);
            return null;
        }
        return weave(loader, name, bytes);
    }

    private static boolean isNobodysBusiness(String name) {
        return name.startsWith("net/bytebuddy/")
                || name.startsWith("jdk/")
                || name.startsWith("sun/")
                || name.startsWith("com/sun/tools/")
                || name.startsWith("com/sun/proxy/")
                || name.startsWith("dev/poolwright/")
                || name.contains("$Proxy");
    }

    private byte @Nullable [] weave(@Nullable ClassLoader loader, String name, byte[] bytes) {
        try {
            // The bytes before the name: in the interpreter, comparing names costs more, and this decides nearly all.
            boolean isDriverManager = name.equals(DRIVER_MANAGER);
            boolean isSession = SessionLibrary.isIn(name);
            if (!isDriverManager && !isSession && (!HandOut.mayBeIn(bytes) || isNobodysBusiness(name))) {
                if (name.startsWith(LIBRARY_OPENS)) {
                    hook.sawPool(name.replace('/', '.'));
                }
                return null;
            }
            ClassFile file = ClassFile.of(bytes);
            if (!isDriverManager && !isSession && !HandOut.isIn(file)) {
                return null;
            }
            // Bytes that come back to us through another agent's redefinition carry the calls already.
            if (ClassFile.mentions(bytes, HOOK_NAME) || !hook.isReady()) {
                return null;
            }
            byte[] woven = isDriverManager
                    ? DriverManagerWeaver.woven(file)
                    : isSession ? SessionWeaver.woven(file) : HandOutWeaver.woven(file);
            hook.woven(name.replace('/', '.'));
            return woven;
        } catch (Throwable reason) {
            leftAlone(loader, name, reason);
            return null;
        }
    }

    private void leftAlone(@Nullable ClassLoader loader, String name, Throwable reason) {
        int library = SessionLibrary.of(name);
        if (library >= 0 && SessionLibrary.isIn(name)) {
            hook.sessionsLeftAlone(library, loader, name.replace('/', '.'), reason);
        } else if (leftAlone.add(name)) {
            hook.leftAlone(name.replace('/', '.'), reason);
        }
    }
}
