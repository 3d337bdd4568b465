package dev.poolwright.cli;

/** What the command line ends with, besides what the JVM that is asked says: 0, 1, 2, 7 and 8. */
final class ExitCode {

    /** All is well. */
    static final int OK = 0;

    /** No such command, or not written as it must be. */
    static final int USAGE = 2;

    /** There is no JVM with that PID. */
    static final int NO_SUCH_JVM = 3;

    /** It belongs to another user. */
    static final int NOT_ALLOWED = 4;

    /** Poolwright is not in it. */
    static final int NOT_THERE = 5;

    /** It cannot be asked: attaching is switched off, or it does not answer. */
    static final int NO_ANSWER = 6;

    /** A setting that there is not, or not with that value. */
    static final int REFUSED = 7;

    private ExitCode() {}
}
