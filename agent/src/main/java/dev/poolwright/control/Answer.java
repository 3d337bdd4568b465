package dev.poolwright.control;

/** What a command has to say, and the exit code of whoever asked. Immutable. */
public final class Answer {

    /** All is well. */
    public static final int OK = 0;

    /** Something is found that somebody should look at. */
    public static final int FOUND = 1;

    /** The command is not one, or not as it must be. */
    public static final int USAGE = 2;

    /** What is asked cannot be done here: an unknown engine, a value that is not valid. */
    public static final int REFUSED = 7;

    /** It was begun, and is not finished within the time. */
    public static final int UNFINISHED = 8;

    private final int code;
    private final String text;

    /** An answer with one of the constants. */
    public Answer(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** Done, and what there is to say. */
    public static Answer ok(String text) {
        return new Answer(OK, text);
    }

    /** It cannot be done, and why. */
    public static Answer refused(String why) {
        return new Answer(REFUSED, why);
    }

    /** One of the constants. */
    public int code() {
        return code;
    }

    /** For whoever asked, without a line break at its end. */
    public String text() {
        return text;
    }
}
