package dev.poolwright.cli;

/** Why a JVM could not be asked, as a sentence that says what to do, and the exit code for it. */
final class AskException extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;

    AskException(int code, String sentence) {
        super(sentence);
        this.code = code;
    }

    int code() {
        return code;
    }
}
