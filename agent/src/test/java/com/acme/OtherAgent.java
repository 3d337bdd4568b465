package com.acme;

import java.io.FileWriter;
import java.io.IOException;
import java.io.Writer;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;

/** Somebody else's agent: does nothing, lists the loaded classes into a file, or retransforms DriverManager. */
public final class OtherAgent implements ClassFileTransformer {

    private OtherAgent() {}

    /** Arguments: {@code nothing}, {@code retransform}, or {@code list:file}. */
    public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
        if (arguments.equals("retransform")) {
            retransform(instrumentation);
        } else if (arguments.startsWith("list:")) {
            list(instrumentation, arguments.substring("list:".length()));
        }
    }

    private static void retransform(Instrumentation instrumentation) throws Exception {
        Class<?> driverManager = Class.forName("java.sql.DriverManager", false, ClassLoader.getPlatformClassLoader());
        instrumentation.addTransformer(new OtherAgent(), true);
        instrumentation.retransformClasses(driverManager);
        instrumentation.retransformClasses(driverManager);
    }

    private static void list(Instrumentation instrumentation, String file) throws IOException {
        Class<?>[] loaded = instrumentation.getAllLoadedClasses();
        try (Writer out = new FileWriter(file, StandardCharsets.UTF_8)) {
            for (Class<?> type : loaded) {
                out.write(type.getName() + "\n");
            }
        }
    }

    /** A copy is enough: the JVM takes it for a change and starts again from the class's initial bytes. */
    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        return "java/sql/DriverManager".equals(name) ? bytes.clone() : null;
    }
}
