package dev.poolwright.dialect;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the properties of a call say, whatever the case of their names and the type of their values: drivers differ in
 * how exact they are.
 */
final class CallerProperties {

    private CallerProperties() {}

    /**
     * The value of the entry called {@code name}, or null; own entries before defaults.
     *
     * @throws RuntimeException it cannot be read: a subclass that throws, or one that is being changed
     */
    static @Nullable String value(@Nullable Properties info, String name) {
        if (info == null) {
            return null;
        }
        for (Map.Entry<Object, Object> own : info.entrySet()) {
            if (name.equalsIgnoreCase(String.valueOf(own.getKey()))) {
                return String.valueOf(own.getValue());
            }
        }
        for (String each : info.stringPropertyNames()) {
            if (name.equalsIgnoreCase(each)) {
                return info.getProperty(each);
            }
        }
        return null;
    }
}
