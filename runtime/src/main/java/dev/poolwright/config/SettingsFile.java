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

    /**
     * What is in it, in UTF-8: names without {@code poolwright.} and what was written for them.
     *
     * @throws IOException              there is none, or it cannot be read
     * @throws IllegalArgumentException it is no properties file
     */
    static Map<String, String> read(String path) throws IOException {
        Properties written = new Properties();
        try (InputStreamReader in = new InputStreamReader(new FileInputStream(path), StandardCharsets.UTF_8)) {
            written.load(in);
        }
        Map<String, String> values = new TreeMap<String, String>();
        for (String name : written.stringPropertyNames()) {
            String shortName = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
            values.put(shortName, written.getProperty(name));
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
