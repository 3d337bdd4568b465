package dev.poolwright.pool;

/** The pool was closed for ever, before or while waiting. */
public final class EngineClosedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says that the pool is closed. */
    public EngineClosedException() {
        super("closed");
    }
}
