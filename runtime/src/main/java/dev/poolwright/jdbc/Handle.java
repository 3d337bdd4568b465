package dev.poolwright.jdbc;

import org.jspecify.annotations.Nullable;

/** Something an application holds in place of a driver's object. */
public interface Handle {

    /** The driver's object. */
    Object poolwrightRaw();

    /** {@code argument} as the driver made it: what is passed to a driver must never be a handle, it may cast it. */
    static @Nullable Object raw(@Nullable Object argument) {
        return argument instanceof Handle ? ((Handle) argument).poolwrightRaw() : argument;
    }

    /** {@code elements} as the driver made them; the same array if none was a handle. */
    static Object @Nullable [] raw(Object @Nullable [] elements) {
        if (elements == null) {
            return null;
        }
        Object[] result = elements;
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] instanceof Handle) {
                if (result == elements) {
                    result = elements.clone();
                }
                result[i] = ((Handle) elements[i]).poolwrightRaw();
            }
        }
        return result;
    }
}
