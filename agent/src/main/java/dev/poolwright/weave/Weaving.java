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

    private static final byte[][] HOOK_NAME = {Weaver.HOOK.getBytes(StandardCharsets.US_ASCII)};

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
        if (loader == null || loader == platform) {
            return name.equals(DriverManagerWeaver.TYPE) ? weave(name, bytes) : null;
        }
        if (loader == mine || isNobodysBusiness(name)) {
            return null;
        }
        return weave(name, bytes);
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

    private byte @Nullable [] weave(String name, byte[] bytes) {
        try {
            Weaver weaver;
            ClassFile file;
            if (name.equals(DriverManagerWeaver.TYPE)) {
                file = ClassFile.of(bytes);
                weaver = new DriverManagerWeaver();
            } else if (HibernateWeaver.concerns(name)) {
                file = ClassFile.of(bytes);
                weaver = new HibernateWeaver();
            } else if (DataSourceWeaver.mayConcern(bytes)) {
                file = ClassFile.of(bytes);
                if (!DataSourceWeaver.concerns(file)) {
                    return null;
                }
                weaver = new DataSourceWeaver();
            } else {
                return null;
            }
            // Bytes that come back to us through another agent's redefinition carry the calls already.
            if (ClassFile.mentions(bytes, HOOK_NAME) || !hook.isReady()) {
                return null;
            }
            byte[] woven = weaver.weave(file, bytes);
            hook.woven(name.replace('/', '.'));
            return woven;
        } catch (Throwable reason) {
            if (leftAlone.add(name)) {
                hook.leftAlone(name.replace('/', '.'), reason);
            }
            return null;
        }
    }
}
