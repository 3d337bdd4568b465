package dev.poolwright.otel.bridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Loads what speaks to OpenTelemetry once more, beside an application's own: our bytes, the application's
 * {@code io.opentelemetry}, and all else from the loader that this class has. Whoever holds anything of it holds the
 * application. Safe for any thread.
 */
final class BridgeLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String OPENTELEMETRY = "io.opentelemetry.";
    private static final String OURS = "dev.poolwright.otel.signal.";
    private static final int USUAL_BYTES = 16_384;

    private final ClassLoader application;

    /** @param application sees its OpenTelemetry */
    BridgeLoader(ClassLoader application) {
        super(BridgeLoader.class.getClassLoader());
        this.application = application;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(OPENTELEMETRY)) {
            return application.loadClass(name);
        }
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
            byte[] some = new byte[USUAL_BYTES];
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                bytes.write(some, 0, length);
            }
            return defineClass(name, bytes.toByteArray(), 0, bytes.size(), BridgeLoader.class.getProtectionDomain());
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }
}
