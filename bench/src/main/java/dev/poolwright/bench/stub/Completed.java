package dev.poolwright.bench.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.ExceptionMethod;
import net.bytebuddy.matcher.ElementMatchers;

/** Makes real classes of abstract ones that have only those JDBC methods written out that somebody calls. */
public final class Completed {

    private Completed() {}

    /**
     * The constructor without arguments of a subclass of {@code written} whose missing methods throw. Kept in a static
     * final field it costs what the constructor does.
     *
     * @param lookup of {@code written}'s package
     */
    public static MethodHandle constructor(MethodHandles.Lookup lookup, Class<?> written) {
        Class<?> complete = new ByteBuddy()
                .subclass(written)
                .name(written.getName() + "Complete")
                .method(ElementMatchers.isAbstract())
                .intercept(ExceptionMethod.throwing(UnsupportedOperationException.class))
                .make()
                .load(written.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(lookup))
                .getLoaded();
        try {
            return lookup.findConstructor(complete, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(written));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
