package dev.poolwright.jdbc.generate;

import static net.bytebuddy.jar.asm.Opcodes.ACC_FINAL;
import static net.bytebuddy.jar.asm.Opcodes.ACC_PRIVATE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_SUPER;
import static net.bytebuddy.jar.asm.Opcodes.ACONST_NULL;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.CHECKCAST;
import static net.bytebuddy.jar.asm.Opcodes.DUP;
import static net.bytebuddy.jar.asm.Opcodes.GETFIELD;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.NEW;
import static net.bytebuddy.jar.asm.Opcodes.PUTFIELD;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;
import static net.bytebuddy.jar.asm.Opcodes.V1_8;

import dev.poolwright.jdbc.ChildHandle;
import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.jdbc.ResultSetHandle;
import dev.poolwright.jdbc.StatementHandle;
import java.lang.reflect.Method;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

/**
 * Generates the handle class of a driver class: final, implementing every accessible interface of it, with the driver's
 * object in a field of the most specific type that may be named. Interfaces are read on the running JVM, so methods of
 * a newer JDBC than this code was compiled against are forwarded as well.
 */
final class HandleGenerator {

    private static final String PACKAGE = "dev/poolwright/jdbc/generated/";
    private static final String OBJECT = "java/lang/Object";

    private final HandleShape shape;
    private final String name;
    private final String parent;
    private final String delegate;
    private final ClassWriter writer = new ClassWriter(0);

    private HandleGenerator(Class<?> driverClass, HandleShape shape) {
        this.shape = shape;
        this.name =
                PACKAGE + driverClass.getName().substring(driverClass.getName().lastIndexOf('.') + 1) + "Handle";
        this.parent = Type.getInternalName(shape.parent());
        this.delegate = Type.getInternalName(shape.delegate());
    }

    /**
     * A prototype of a new class for {@code driverClass}: only good for making others of its class.
     *
     * @throws ReflectiveOperationException the class could not be made
     * @throws LinkageError                 the class was refused by the JVM
     */
    static Object prototype(Class<?> driverClass) throws ReflectiveOperationException {
        HandleShape shape = HandleShape.of(driverClass);
        HandleGenerator generator = new HandleGenerator(driverClass, shape);
        byte[] bytes = generator.generate();
        Class<?> generated =
                new HandleLoader(driverClass.getClassLoader()).define(generator.name.replace('/', '.'), bytes);
        return Prototypes.of(generated);
    }

    /** A connection's handle, of which there is one for each borrow, reaches the driver's object through what is lent. */
    private boolean keepsRaw() {
        return shape.parent() != ConnectionHandle.class;
    }

    private Class<?>[] constructorTypes() {
        return shape.parent() == ConnectionHandle.class
                ? new Class<?>[] {PhysicalConnection.class}
                : new Class<?>[] {ConnectionHandle.class, StatementHandle.class, Object.class};
    }

    private byte[] generate() {
        String[] interfaces = new String[shape.interfaces().size()];
        for (int i = 0; i < interfaces.length; i++) {
            interfaces[i] = Type.getInternalName(shape.interfaces().get(i));
        }
        writer.visit(V1_8, ACC_PUBLIC | ACC_FINAL | ACC_SUPER, name, null, parent, interfaces);
        if (keepsRaw()) {
            writer.visitField(ACC_PRIVATE | ACC_FINAL, "raw", "L" + delegate + ";", null, null)
                    .visitEnd();
            rawGetter();
        }
        constructor();
        factory();
        initialiser();
        for (Map.Entry<String, Method> entry : shape.methods().entrySet()) {
            Method method = entry.getValue();
            String descriptor = entry.getKey().substring(method.getName().length());
            new DelegatingMethod(writer, shape, name, delegate, method, descriptor).generate();
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private String constructorDescriptor() {
        Class<?>[] classes = constructorTypes();
        Type[] types = new Type[classes.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = Type.getType(classes[i]);
        }
        return Type.getMethodDescriptor(Type.VOID_TYPE, types);
    }

    /** Hands its first arguments to the parent and keeps the last, the driver's object. */
    private void constructor() {
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "<init>", constructorDescriptor(), null, null);
        Class<?>[] types = constructorTypes();
        boolean two = shape.parent() == ResultSetHandle.class;
        code.visitCode();
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        if (two) {
            code.visitVarInsn(ALOAD, 2);
        }
        String taken = two
                ? Type.getMethodDescriptor(Type.VOID_TYPE, Type.getType(types[0]), Type.getType(types[1]))
                : Type.getMethodDescriptor(Type.VOID_TYPE, Type.getType(types[0]));
        code.visitMethodInsn(INVOKESPECIAL, parent, "<init>", taken, false);
        if (keepsRaw()) {
            code.visitVarInsn(ALOAD, 0);
            code.visitVarInsn(ALOAD, 3);
            code.visitTypeInsn(CHECKCAST, delegate);
            code.visitFieldInsn(PUTFIELD, name, "raw", "L" + delegate + ";");
        }
        code.visitInsn(RETURN);
        code.visitMaxs(4, 4);
        code.visitEnd();
    }

    private void initialiser() {
        MethodVisitor code = writer.visitMethod(ACC_STATIC, "<clinit>", "()V", null, null);
        code.visitCode();
        code.visitTypeInsn(NEW, name);
        code.visitInsn(DUP);
        for (int i = 0; i < constructorTypes().length; i++) {
            code.visitInsn(ACONST_NULL);
        }
        code.visitMethodInsn(INVOKESPECIAL, name, "<init>", constructorDescriptor(), false);
        code.visitMethodInsn(
                INVOKESTATIC, "dev/poolwright/jdbc/generate/Prototypes", "made", "(L" + OBJECT + ";)V", false);
        code.visitInsn(RETURN);
        code.visitMaxs(5, 0);
        code.visitEnd();
    }

    private void rawGetter() {
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "poolwrightRaw", "()L" + OBJECT + ";", null, null);
        code.visitCode();
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, name, "raw", "L" + delegate + ";");
        code.visitInsn(ARETURN);
        code.visitMaxs(1, 1);
        code.visitEnd();
    }

    private void factory() {
        String constructor = constructorDescriptor();
        String made = shape.parent() == ConnectionHandle.class
                ? Type.getDescriptor(ConnectionHandle.class)
                : Type.getDescriptor(ChildHandle.class);
        String descriptor = constructor.substring(0, constructor.length() - 1) + made;
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "poolwrightNew", descriptor, null, null);
        code.visitCode();
        code.visitTypeInsn(NEW, name);
        code.visitInsn(DUP);
        for (int i = 1; i <= constructorTypes().length; i++) {
            code.visitVarInsn(ALOAD, i);
        }
        code.visitMethodInsn(INVOKESPECIAL, name, "<init>", constructor, false);
        code.visitInsn(ARETURN);
        code.visitMaxs(5, 4);
        code.visitEnd();
    }
}
