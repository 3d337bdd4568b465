package dev.poolwright.jdbc.generate;

import static dev.poolwright.classfile.Code.ACONST_NULL;
import static dev.poolwright.classfile.Code.ARETURN;
import static dev.poolwright.classfile.Code.CHECKCAST;
import static dev.poolwright.classfile.Code.DUP;
import static dev.poolwright.classfile.Code.GETFIELD;
import static dev.poolwright.classfile.Code.INVOKESPECIAL;
import static dev.poolwright.classfile.Code.INVOKESTATIC;
import static dev.poolwright.classfile.Code.NEW;
import static dev.poolwright.classfile.Code.PUTFIELD;
import static dev.poolwright.classfile.Code.RETURN;

import dev.poolwright.classfile.Bytes;
import dev.poolwright.classfile.Code;
import dev.poolwright.jdbc.ChildHandle;
import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.jdbc.ResultSetHandle;
import dev.poolwright.jdbc.StatementHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;

/**
 * Generates the handle class of a driver class: final, implementing every accessible interface of it, with the driver's
 * object in a field of the most specific type that may be named. Interfaces are read on the running JVM, so methods of
 * a newer JDBC than this code was compiled against are forwarded as well.
 */
final class HandleGenerator {

    private static final String PACKAGE = "dev/poolwright/jdbc/generated/";
    private static final String OBJECT = HandleConstants.OBJECT;

    private static final int MAGIC = 0xcafebabe;
    private static final int JAVA_8 = 52;
    private static final int ACC_SUPER = 0x20;

    private final HandleShape shape;
    private final String name;
    private final String parent;
    private final HandleConstants constants;
    private final Descriptors descriptors = new Descriptors();
    private final Bytes methods = new Bytes(32_768);
    private int methodCount;

    private HandleGenerator(Class<?> driverClass, HandleShape shape) {
        this.shape = shape;
        this.name =
                PACKAGE + driverClass.getName().substring(driverClass.getName().lastIndexOf('.') + 1) + "Handle";
        this.parent = Descriptors.internalName(shape.parent());
        this.constants = new HandleConstants(name, shape.delegateName(), shape.parent() == ConnectionHandle.class);
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
        if (keepsRaw()) {
            rawGetter();
        }
        constructor();
        factory();
        initialiser();
        for (Map.Entry<String, Method> entry : shape.methods().entrySet()) {
            Method method = entry.getValue();
            String descriptor = entry.getKey().substring(method.getName().length());
            new DelegatingMethod(constants, shape, method, descriptor).generate(methods);
            methodCount++;
        }
        Bytes rest = new Bytes(methods.length() + 256);
        rest.u2(Modifier.PUBLIC | Modifier.FINAL | ACC_SUPER)
                .u2(constants.handle)
                .u2(constants.pool.type(parent));
        rest.u2(shape.interfaces().size());
        for (Class<?> each : shape.interfaces()) {
            rest.u2(constants.type(each));
        }
        rest.u2(keepsRaw() ? 1 : 0);
        if (keepsRaw()) {
            rest.u2(Modifier.PRIVATE | Modifier.FINAL)
                    .u2(constants.pool.utf8("raw"))
                    .u2(constants.pool.utf8('L' + shape.delegateName() + ';'))
                    .u2(0);
        }
        rest.u2(methodCount).put(methods).u2(0);
        Bytes constantBytes = constants.pool.bytes();
        return new Bytes(rest.length() + constantBytes.length() + 16)
                .u4(MAGIC)
                .u4(JAVA_8)
                .u2(constants.pool.count())
                .put(constantBytes)
                .put(rest)
                .toArray();
    }

    /** Begins a method that has neither frames nor handlers; {@link #end} must follow the code. */
    private Code begin(int access, String method, String descriptor, int stack, int locals) {
        methods.u2(access)
                .u2(constants.pool.utf8(method))
                .u2(constants.pool.utf8(descriptor))
                .u2(1);
        methods.u2(constants.code).u4(0).u2(stack).u2(locals).u4(0);
        return new Code(methods);
    }

    private void end(Code code) {
        int length = code.at();
        int at = methods.length() - length;
        methods.u2(0).u2(0);
        methods.set4(at - 4, length);
        methods.set4(at - 12, methods.length() - at + 8);
        methodCount++;
    }

    private String constructorDescriptor() {
        return descriptors.of(void.class, constructorTypes());
    }

    /** Hands its first arguments to the parent and keeps the last, the driver's object. */
    private void constructor() {
        Class<?>[] types = constructorTypes();
        boolean two = shape.parent() == ResultSetHandle.class;
        Code code = begin(Modifier.PUBLIC, "<init>", constructorDescriptor(), 4, 4);
        code.load('A', 0).load('A', 1);
        if (two) {
            code.load('A', 2);
        }
        String taken = two ? descriptors.of(void.class, types[0], types[1]) : descriptors.of(void.class, types[0]);
        code.op(INVOKESPECIAL, constants.pool.method(parent, "<init>", taken));
        if (keepsRaw()) {
            code.load('A', 0).load('A', 3).op(CHECKCAST, constants.delegate).op(PUTFIELD, constants.raw);
        }
        code.op(RETURN);
        end(code);
    }

    private void initialiser() {
        Code code = begin(Modifier.STATIC, "<clinit>", "()V", 5, 0);
        code.op(NEW, constants.handle).op(DUP);
        for (int i = 0; i < constructorTypes().length; i++) {
            code.op(ACONST_NULL);
        }
        code.op(INVOKESPECIAL, constants.pool.method(name, "<init>", constructorDescriptor()))
                .op(
                        INVOKESTATIC,
                        constants.pool.method("dev/poolwright/jdbc/generate/Prototypes", "made", "(L" + OBJECT + ";)V"))
                .op(RETURN);
        end(code);
    }

    private void rawGetter() {
        Code code = begin(Modifier.PUBLIC, "poolwrightRaw", "()L" + OBJECT + ";", 1, 1);
        code.load('A', 0).op(GETFIELD, constants.raw).op(ARETURN);
        end(code);
    }

    private void factory() {
        Class<?> made = shape.parent() == ConnectionHandle.class ? ConnectionHandle.class : ChildHandle.class;
        Code code = begin(Modifier.PUBLIC, "poolwrightNew", descriptors.of(made, constructorTypes()), 5, 4);
        code.op(NEW, constants.handle).op(DUP);
        for (int i = 1; i <= constructorTypes().length; i++) {
            code.load('A', i);
        }
        code.op(INVOKESPECIAL, constants.pool.method(name, "<init>", constructorDescriptor()))
                .op(ARETURN);
        end(code);
    }
}
