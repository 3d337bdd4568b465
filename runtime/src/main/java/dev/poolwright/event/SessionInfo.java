package dev.poolwright.event;

/**
 * Which kind of session something happened in: an ORM's or our own.
 *
 * <p>Immutable; one instance per kind.
 */
public final class SessionInfo {

    private final String library;
    private final String type;

    /**
     * @param library the library in lower case: {@code hibernate}
     * @param type    what its users call a session: {@code Session}, {@code EntityManager}, {@code SqlSession}
     */
    public SessionInfo(String library, String type) {
        this.library = library;
        this.type = type;
    }

    /** The library in lower case: {@code hibernate}. */
    public String library() {
        return library;
    }

    /** What users of the library call a session: {@code Session}. */
    public String type() {
        return type;
    }

    @Override
    public String toString() {
        return library + " " + type;
    }
}
