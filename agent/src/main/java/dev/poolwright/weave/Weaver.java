package dev.poolwright.weave;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;

/** Rewrites one kind of class. Stateless, any thread may call. */
abstract class Weaver {

    static final int API = Opcodes.ASM9;
    static final String HOOK = "java/sql/PoolwrightHook";

    /**
     * @param file the method table of {@code bytes}
     * @return the woven class file
     * @throws RuntimeException the class is not as expected; it stays as it is
     */
    final byte[] weave(ClassFile file, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        // With the reader's constant pool; COMPUTE_FRAMES would have to load the application's classes.
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(visitor(file, writer), ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    /** What copies the class file to the writer, with our calls added. */
    abstract ClassVisitor visitor(ClassFile file, ClassWriter writer);
}
