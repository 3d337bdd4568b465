package dev.poolwright.weave;

import dev.poolwright.classfile.Bytes;
import dev.poolwright.classfile.Constants;
import org.jspecify.annotations.Nullable;

/** Rewrites one kind of class. Stateless, any thread may call. */
abstract class Weaver {

    static final String HOOK = "java/sql/PoolwrightHook";

    /**
     * The class file, woven: with more constants, some methods written anew, and all else as it was.
     *
     * @throws RuntimeException the class is not as expected; it stays as it is
     */
    final byte[] weave(ClassFile file) {
        Constants constants = new Constants(file.constantCount());
        Bytes rest = new Bytes(file.bytes.length);
        int done = file.constantsEnd();
        for (ClassFile.Method method : file.methods()) {
            AroundMethod around = around(file, method, constants);
            if (around != null) {
                rest.put(file.bytes, done, method.start - done);
                around.writeTo(rest);
                done = method.end;
            }
        }
        rest.put(file.bytes, done, file.bytes.length - done);
        return new Bytes(file.constantsEnd() + constants.bytes().length() + rest.length())
                .put(file.bytes, 0, 8)
                .u2(constants.count())
                .put(file.bytes, 10, file.constantsEnd() - 10)
                .put(constants.bytes())
                .put(rest)
                .toArray();
    }

    /** What is added to a method of the class, or null if it stays as it is. */
    abstract @Nullable AroundMethod around(ClassFile file, ClassFile.Method method, Constants constants);
}
