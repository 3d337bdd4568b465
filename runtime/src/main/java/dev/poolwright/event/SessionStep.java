package dev.poolwright.event;

/** What a session did, other than to flush. */
public enum SessionStep {
    /** Its constructor ran. */
    OPEN,
    /** The application had its transaction committed, whether that had anything to say to the database or not. */
    COMMIT,
    /** The application had its transaction rolled back. */
    ROLLBACK,
    /** It was closed; once, however often the application asks. */
    CLOSE
}
