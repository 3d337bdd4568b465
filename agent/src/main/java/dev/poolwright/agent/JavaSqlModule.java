package dev.poolwright.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** What the agent does to module {@code java.sql}; implemented by a class compiled for Java 9 and later. */
interface JavaSqlModule {

    /** Whether this JVM has the module: one limited to others must not even see the name of a type of it. */
    boolean isPresent();

    /** Who loads its classes; only if it is present. */
    @Nullable
    ClassLoader loader();

    /**
     * Defines a class in package {@code java.sql}.
     *
     * @param bytes a class file
     * @return false if there is one of that name already: another agent like this one is at work
     * @throws ReflectiveOperationException the package cannot be opened to us
     */
    boolean define(Instrumentation instrumentation, String name, byte[] bytes) throws ReflectiveOperationException;
}
