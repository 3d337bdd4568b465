package dev.poolwright.agent.sweep;

import dev.poolwright.agent.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** A copy of our jar in which something is switched off: methods that return at once. */
final class CrippledJar {

    private CrippledJar() {}

    /**
     * Makes it.
     *
     * @param methods {@code Class.method} of package {@code dev.poolwright.jdbc}; one that returns a number returns 0
     */
    static Path without(Path folder, String name, List<String> methods) throws IOException {
        Path copy = folder.resolve(name + ".jar");
        int crippled = 0;
        try (JarFile jar = new JarFile(ForkedJvm.AGENT_JAR.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), jar.getManifest())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.isDirectory() || entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    continue;
                }
                byte[] bytes = jar.getInputStream(entry).readAllBytes();
                for (String method : methods) {
                    int dot = method.indexOf('.');
                    if (entry.getName().equals("inst/dev/poolwright/jdbc/" + method.substring(0, dot) + ".classdata")) {
                        bytes = cripple(bytes, method.substring(dot + 1));
                        crippled++;
                    }
                }
                out.putNextEntry(new JarEntry(entry.getName()));
                out.write(bytes);
            }
        }
        if (crippled != methods.size()) {
            throw new IllegalArgumentException("not all classes are there: " + methods);
        }
        return copy;
    }

    private static byte[] cripple(byte[] bytes, String method) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        int[] found = new int[1];
        new ClassReader(bytes)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
                                if (!name.equals(method)) {
                                    return code;
                                }
                                found[0]++;
                                returnAtOnce(code, Type.getReturnType(descriptor));
                                return null; // and nothing of what was in it
                            }
                        },
                        0);
        if (found[0] == 0) {
            throw new IllegalArgumentException("no method " + method);
        }
        return writer.toByteArray();
    }

    private static void returnAtOnce(MethodVisitor code, Type type) {
        code.visitCode();
        if (type.getSort() != Type.VOID) {
            code.visitInsn(Opcodes.ICONST_0);
        }
        code.visitInsn(type.getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
