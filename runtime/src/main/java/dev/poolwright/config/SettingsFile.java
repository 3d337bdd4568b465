package dev.poolwright.config;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The properties file of {@link Setting#CONFIG}. */
final class SettingsFile {

    private static final String PREFIX = "poolwright.";

    private SettingsFile() {}

    /** What some editors put in front of UTF-8. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * What is in it, in UTF-8: names without {@code poolwright.} and what was written for them.
     *
     * @throws IOException              there is none, or it cannot be read
     * @throws IllegalArgumentException it is no properties file, or sets one name twice
     */
    static Map<String, String> read(String path) throws IOException {
        Properties written = new Properties();
        try (InputStreamReader in = new InputStreamReader(new FileInputStream(path), StandardCharsets.UTF_8)) {
            written.load(in);
        }
        Map<String, String> values = new TreeMap<String, String>();
        for (String name : written.stringPropertyNames()) {
            String bare = name.startsWith(BYTE_ORDER_MARK) ? name.substring(1) : name;
            String shortName = bare.startsWith(PREFIX) ? bare.substring(PREFIX.length()) : bare;
            if (values.put(shortName, written.getProperty(name)) != null) {
                throw new IllegalArgumentException("it sets " + shortName + " with and without " + PREFIX);
            }
        }
        return values;
    }

    /** Why {@link #read} failed, for people: without the path, which they know. */
    static String reason(Exception unreadable) {
        if (unreadable instanceof FileNotFoundException) {
            return "there is no such file, or it may not be read";
        }
        return String.valueOf(unreadable.getMessage());
    }
}
