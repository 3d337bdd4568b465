package dev.poolwright.gate.source;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one class of data sources and of those that extend it: a description, read by {@link SourceClass}.
 *
 * <p>All fields of such an object count as its configuration, so that what the next version of a driver adds counts from
 * the first day; what is described here are the exceptions. Built once, not changed afterwards.
 */
final class KnownSource {

    private static final String[] NONE = {};

    final String className;
    final boolean passesThrough;
    private String[] without = NONE;
    private String[] unservedWith = NONE;
    String[] urls = NONE;
    String urlPrefix = "";
    String user = "user";
    String password = "password";
    boolean asksSubject;

    @Nullable
    String opaqueGetter;

    @Nullable
    String derived;

    @Nullable
    String derivedUnless;

    @Nullable
    String credentialsStickUntil;

    @Nullable
    String nested;

    private KnownSource(String className, boolean passesThrough) {
        this.className = className;
        this.passesThrough = passesThrough;
    }

    /** Makes connections itself: is served. */
    static KnownSource connecting(String className) {
        return new KnownSource(className, false);
    }

    /**
     * Makes connections for others to pool or to enlist, or pools them itself: all that happens inside stays untouched.
     */
    static KnownSource raw(String className) {
        return new KnownSource(className, true);
    }

    /**
     * The fields that make up the URL: the first form whose names in braces all have a value; {@code {a.b}} is the entry
     * b of the Properties a.
     */
    KnownSource url(String... forms) {
        urls = forms;
        return this;
    }

    /** What the driver puts before a URL that does not begin so. */
    KnownSource urlPrefix(String prefix) {
        urlPrefix = prefix;
        return this;
    }

    /** Where user and password are, in the form of {@link #url}'s names; {@code user} and {@code password} else. */
    KnownSource credentials(String userName, String passwordName) {
        user = userName;
        password = passwordName;
        return this;
    }

    /** Fields that decide nothing about a connection, or that follow from the others. */
    KnownSource without(String... fields) {
        without = fields;
        return this;
    }

    /** Fields with which a call is not served, if they are neither null, false, nor empty. */
    KnownSource unservedWith(String... fields) {
        unservedWith = fields;
        return this;
    }

    /** The driver can log in as the Subject of the calling thread, if there is no password. */
    KnownSource asksSubject() {
        asksSubject = true;
        return this;
    }

    /** The password is an object that gives out its text by this public method. */
    KnownSource opaquePassword(String getter) {
        opaqueGetter = getter;
        return this;
    }

    /** The field {@code name} follows from the others, unless {@code flag} says that it was set. */
    KnownSource derived(String name, String flag) {
        derived = name;
        derivedUnless = flag;
        return this;
    }

    /**
     * A {@code getConnection(user, password)} also sets what {@code getConnection()} uses later, as long as this field is
     * null: such a call must run.
     */
    KnownSource credentialsStickUntil(String field) {
        credentialsStickUntil = field;
        return this;
    }

    /** Objects of classes whose names begin so are read field by field, like the data source itself. */
    KnownSource nested(String packagePrefix) {
        nested = packagePrefix;
        return this;
    }

    boolean counts(String field) {
        return !contains(without, field);
    }

    boolean forbids(String field) {
        return contains(unservedWith, field);
    }

    private static boolean contains(String[] names, String name) {
        for (String each : names) {
            if (each.equals(name)) {
                return true;
            }
        }
        return false;
    }
}
