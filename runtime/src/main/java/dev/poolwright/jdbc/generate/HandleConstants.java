package dev.poolwright.jdbc.generate;

import dev.poolwright.classfile.Constants;
import java.util.HashMap;
import java.util.Map;

/** The constants of one handle class: what each of its methods needs is looked up once. */
final class HandleConstants {

    static final String GUARD = "dev/poolwright/jdbc/ConnectionHandle";
    static final String OBJECT = "java/lang/Object";

    private static final String CHILD = "dev/poolwright/jdbc/ChildHandle";
    private static final String METADATA = "dev/poolwright/jdbc/MetaDataHandle";

    final Constants pool = new Constants(1);
    final int handle;
    final int delegate;
    final int raw;
    final int throwable = pool.type("java/lang/Throwable");
    final int code = pool.utf8("Code");
    final int stackMapTable = pool.utf8("StackMapTable");
    final int exceptions = pool.utf8("Exceptions");
    final int endCall = pool.method(GUARD, "endCall", "(I)V");
    final int failCall = pool.method(GUARD, "failCall", "(ILjava/lang/Throwable;)Ljava/lang/Throwable;");
    /** The guard of a child. */
    final int guard;
    /** The driver's connection, of a connection's handle. */
    final int connection = pool.method(GUARD, "poolwrightRaw", "()Ljava/sql/Connection;");
    /** The driver's object, or what answers in its place once the lease has ended. */
    final int driver;

    private final int beginCall;
    private final int beginWork;
    private final int beginUnchecked;
    private final Map<Class<?>, Integer> types = new HashMap<>();

    /**
     * @param handle   internal name of the class that is generated
     * @param delegate internal name of the type of its field
     */
    HandleConstants(String handle, String delegate, boolean onConnection) {
        this.handle = pool.type(handle);
        this.delegate = pool.type(delegate);
        this.raw = pool.field(handle, "raw", 'L' + delegate + ';');
        this.guard = pool.method(handle, "poolwrightGuard", "()L" + GUARD + ';');
        this.driver =
                pool.method(onConnection ? GUARD : METADATA, "poolwrightDriver", "(IL" + OBJECT + ";)L" + OBJECT + ';');
        String begins = onConnection ? GUARD : CHILD;
        String descriptor = onConnection ? "()I" : "(Ljava/lang/String;)I";
        this.beginCall = pool.method(begins, CallKind.CALL.begin(), descriptor);
        this.beginWork = pool.method(begins, CallKind.WORK.begin(), descriptor);
        this.beginUnchecked = pool.method(begins, CallKind.UNCHECKED.begin(), descriptor);
    }

    /** The method that begins a call of that kind. */
    int begin(CallKind kind) {
        if (kind == CallKind.CALL) {
            return beginCall;
        }
        return kind == CallKind.WORK ? beginWork : beginUnchecked;
    }

    int type(Class<?> type) {
        Integer known = types.get(type);
        if (known == null) {
            known = pool.type(Descriptors.internalName(type));
            types.put(type, known);
        }
        return known;
    }
}
