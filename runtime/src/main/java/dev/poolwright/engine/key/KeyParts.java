package dev.poolwright.engine.key;

import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Collects, in a fixed order, the values that decide which connection a call would get. Not for more than one thread.
 *
 * <p>On the way of every call, hit or not: an array and, per value that is none of {@code java.lang}'s, one small
 * object. Properties cost more, their names are sorted.
 */
public final class KeyParts {

    private static final Object[] NONE = {};
    private static final String[] NO_NAMES = {};

    /** After the entries of Properties, else what follows might be taken for one more. */
    private static final Object END = new Object();

    /** Embedded databases and most others never see a Subject. */
    private static final String[] KERBEROS_DRIVERS = {
        "jdbc:postgresql:", "jdbc:sqlserver:", "jdbc:oracle:", "jdbc:db2:", "jdbc:mysql:", "jdbc:mariadb:"
    };

    private @Nullable Object[] parts;
    private int size;
    private boolean hasPassword;
    private int words; // what the names of properties gave away, see Words

    /** @param expected how many there will be; more are possible */
    public KeyParts(int expected) {
        parts = expected == 0 ? NONE : new Object[expected];
    }

    /** Whether what is called {@code name} is not to be seen. */
    public static boolean isSecret(String name) {
        return (Words.of(name) & Words.SECRET) != 0;
    }

    /** Adds a value: compared by what it holds where that can be told, else by identity. */
    public KeyParts add(@Nullable Object value) {
        if (value == null || isPlain(value)) {
            put(value);
        } else if (value instanceof char[]) {
            put(Secret.of((char[]) value)); // nobody has characters instead of a string for anything else
        } else if (value instanceof Enum) {
            put(((Enum<?>) value).name()); // not itself, which would keep its loader alive
        } else if (value instanceof Object[]) {
            Object[] all = (Object[]) value;
            put(all.length);
            for (Object each : all) {
                add(each);
            }
        } else if (value instanceof int[]) {
            put(Arrays.toString((int[]) value));
        } else if (value instanceof Properties) {
            addAll((Properties) value);
            put(END);
        } else {
            put(Identity.of(value));
        }
        return this;
    }

    /** Adds what is not to be seen: a string, characters or null. */
    public KeyParts addSecret(@Nullable Object value) {
        if (value == null || value instanceof String) {
            put(Secret.of((String) value));
        } else {
            add(value);
        }
        return this;
    }

    /**
     * Adds all entries by value, those of its defaults too; what is its own and what a default is told apart, for
     * drivers that read no defaults.
     *
     * @throws RuntimeException it cannot be read: it holds something of which nobody can tell whether it is the same
     *                          next time, is a subclass that throws, or is being changed
     */
    public KeyParts addAll(Properties properties) {
        String[] names = properties.stringPropertyNames().toArray(NO_NAMES);
        if (names.length > 1) {
            Arrays.sort(names);
        }
        // A subclass may answer otherwise than it holds; drivers ask it.
        boolean isWhatItHolds = properties.getClass() == Properties.class;
        int own = 0;
        for (String name : names) {
            Object held = properties.get(name);
            boolean isOwn = held instanceof String;
            own += isOwn ? 1 : 0;
            put(name);
            put(isOwn ? "own" : "default");
            addNamed(name, isOwn && isWhatItHolds ? held : properties.getProperty(name));
        }
        if (properties.size() != own) {
            addOthers(properties);
        }
        return this;
    }

    /** Adds the entries that are no strings, which some drivers read: a password as characters, a port as a number. */
    private void addOthers(Properties properties) {
        List<String> names = new ArrayList<>(2);
        for (Map.Entry<Object, Object> entry : properties.entrySet()) {
            Object value = entry.getValue();
            if (!(entry.getKey() instanceof String) || !(isPlain(value) || value instanceof char[])) {
                throw new IllegalArgumentException("a property that is no value");
            }
            if (!(value instanceof String)) {
                names.add((String) entry.getKey());
            }
        }
        Collections.sort(names);
        for (String name : names) {
            put(name);
            put("no string");
            addNamed(name, properties.get(name));
        }
    }

    private void addNamed(String name, @Nullable Object value) {
        if (name.equals("password")) {
            hasPassword |= value != null;
            addSecret(value);
            return;
        }
        int its = name.equals("user") ? 0 : Words.of(name);
        words |= its;
        if ((its & Words.SECRET) != 0) {
            addSecret(value);
        } else {
            add(value);
        }
    }

    /**
     * Adds the Subject of the calling thread, where the connection may depend on it: the driver can log in by Kerberos,
     * and no password was given or something here speaks of Kerberos.
     *
     * <p>After {@link #addAll}.
     *
     * @throws RuntimeException it may not be asked
     */
    public KeyParts addCaller(String url) {
        boolean speaksOfIt = (words & Words.LOGIN) != 0;
        boolean hasParameters = url.indexOf('?') >= 0 || url.indexOf(';') >= 0;
        // In this order, for the call that names its password among the properties.
        if ((speaksOfIt || hasParameters || !hasPassword) && isOfKerberosDriver(url)) {
            int inUrl = Words.of(url);
            if (speaksOfIt || (inUrl & Words.LOGIN) != 0 || !(hasPassword || (inUrl & Words.SECRET) != 0)) {
                addCaller();
            }
        }
        return this;
    }

    /**
     * Adds the Subject of the calling thread and who that is at this moment: one that logs out and in again as somebody
     * else remains the same object.
     *
     * @throws RuntimeException it may not be asked
     */
    public KeyParts addCaller() {
        Subject subject = CallerSubject.get();
        add(subject);
        if (subject != null) {
            for (Object principal : subject.getPrincipals().toArray()) {
                put(principal.getClass().getName());
                put(((Principal) principal).getName());
            }
            put(END);
            addAllOf(subject.getPublicCredentials());
            addAllOf(subject.getPrivateCredentials());
        }
        return this;
    }

    /** As {@code toArray} does it, in one go: another thread may be logging the Subject in or out. */
    private void addAllOf(Set<Object> credentials) {
        for (Object credential : credentials.toArray()) {
            put(Identity.of(credential));
        }
        put(END);
    }

    private static boolean isOfKerberosDriver(String url) {
        for (String start : KERBEROS_DRIVERS) {
            if (url.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** Of {@code java.lang} and immutable: equal values are the same for every driver. */
    private static boolean isPlain(Object value) {
        return value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Character
                || value instanceof Double
                || value instanceof Float;
    }

    private void put(@Nullable Object part) {
        if (size == parts.length) {
            parts = Arrays.copyOf(parts, Math.max(8, 2 * size));
        }
        parts[size++] = part;
    }

    /** What was collected; nothing may be added afterwards. */
    public @Nullable Object[] toArray() {
        return size == parts.length ? parts : Arrays.copyOf(parts, size);
    }

    /** {@code parts} as they may stay in memory: they keep no object alive and show no secret. */
    public static @Nullable Object[] kept(@Nullable Object[] parts) {
        @Nullable Object[] kept = parts.clone();
        for (int i = 0; i < kept.length; i++) {
            Object part = kept[i];
            if (part instanceof Secret) {
                kept[i] = ((Secret) part).kept();
            } else if (part instanceof Identity) {
                kept[i] = ((Identity) part).kept();
            }
        }
        return kept;
    }

    /** Whether the two are the same but for secrets, of which at least one differs. */
    public static boolean differInSecretsOnly(@Nullable Object[] some, @Nullable Object[] others) {
        if (some.length != others.length) {
            return false;
        }
        boolean differ = false;
        for (int i = 0; i < some.length; i++) {
            Object one = some[i];
            Object other = others[i];
            if (one == null ? other == null : one.equals(other)) {
                continue;
            }
            if (!(one instanceof Secret) || !(other instanceof Secret)) {
                return false;
            }
            differ = true;
        }
        return differ;
    }
}
