package dev.poolwright.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Weaves what was loaded before us. Registered as capable of retransformation and never removed: the initial bytes of such
 * a class are without the weaving, so every later retransformation has to pass here again. Adds no member to any class.
 */
public final class LoadedWeaving implements ClassFileTransformer {

    private final Weaving weaving;

    public LoadedWeaving(HookRoom hook) {
        weaving = new Weaving(hook);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        return redefined == null ? null : weaving.transform(loader, name, redefined, domain, bytes);
    }
}
