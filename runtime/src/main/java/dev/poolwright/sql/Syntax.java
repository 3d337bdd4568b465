package dev.poolwright.sql;

import org.jspecify.annotations.Nullable;

/**
 * What differs between databases in the reading of SQL text. This class is what is true for all of them, and careful
 * where they differ.
 *
 * <p>Immutable; any thread.
 */
public abstract class Syntax {

    /** A backslash escapes in {@code '..'}, unless the server has been told otherwise. */
    public static final int BACKSLASHES = 1;

    /** Whether it does is a setting of the server. */
    public static final int BACKSLASHES_BY_SETTING = 1 << 1;

    /** {@code E'..'}, in which a backslash escapes. */
    public static final int ESCAPE_TEXTS = 1 << 2;

    /** {@code #} begins a comment. */
    public static final int HASH_COMMENTS = 1 << 3;

    /** {@code --} begins one only with a blank behind it. */
    public static final int DASHES_NEED_BLANK = 1 << 4;

    /** {@code $$..$$} is a text. */
    public static final int DOLLAR_QUOTES = 1 << 5;

    /** {@code `..`} is a name. */
    public static final int BACKTICKS = 1 << 6;

    /** {@code [..]} is a name. */
    public static final int BRACKETS = 1 << 7;

    /** {@code ".."} is a text, unless the server has been told otherwise. */
    public static final int DOUBLE_QUOTED_TEXTS = 1 << 8;

    /** {@code @name} is a variable. */
    public static final int VARIABLES = 1 << 9;

    /** {@code #} may be in a name. */
    public static final int HASH_IN_NAMES = 1 << 10;

    /** {@code RETURNING .. INTO ?} gives values to the caller. */
    public static final int RETURNING_INTO = 1 << 11;

    private final int quirks;

    protected Syntax(int quirks) {
        this.quirks = quirks;
    }

    final boolean has(int quirk) {
        return (quirks & quirk) != 0;
    }

    /**
     * Names that may stand before a parenthesis and leave the session alone. Asked for when a text has a function, so
     * that a program without any does not load them.
     */
    protected abstract Words harmless();

    /** The schema of the database's own functions, in lower case, or null: then a function with a schema is somebody's. */
    protected @Nullable String systemSchema() {
        return null;
    }

    /**
     * Whether {@code verb} begins a statement that changes nothing by itself, so that only its functions and the like
     * matter.
     */
    protected boolean isPlain(String verb) {
        switch (verb) {
            case "select":
            case "insert":
            case "update":
            case "delete":
            case "merge":
            case "values":
            case "with":
            case "truncate":
                return true;
            default:
                return isOfTransaction(verb);
        }
    }

    /** Whether {@code verb} begins, divides or ends a transaction; whether one is left open is seen elsewhere. */
    protected boolean isOfTransaction(String verb) {
        switch (verb) {
            case "commit":
            case "rollback":
            case "savepoint":
            case "release":
                return true;
            default:
                return false;
        }
    }

    /**
     * A statement that begins with {@code verb}, which is not plain: what it leaves is noted in {@code reading}, which
     * stands at the verb and may be moved on.
     */
    protected void readOther(String verb, Reading reading) {
        reading.note(Verdict.ANYTHING, reasonOf(verb));
    }

    /** Whether {@link #isDefined} says yes to anything. */
    protected boolean knowsDefinitions() {
        return false;
    }

    /**
     * Whether {@code CREATE}, {@code ALTER} and {@code DROP}, with {@code object} after them, change what is in the
     * database and nothing of the session, but by functions in them. Temporary ones have another word there.
     */
    protected boolean isDefined(String object) {
        return false;
    }

    /** What {@code CREATE} and the like mean for the transaction; nothing where that is not known. */
    protected Verdict.Work workOfDefinition() {
        return Verdict.Work.READS;
    }

    /** Why a statement that begins with {@code verb} makes the session dirty. */
    protected static Verdict.Reason reasonOf(String verb) {
        switch (verb) {
            case "call":
            case "exec":
            case "execute":
            case "do":
            case "begin":
            case "declare":
                return Verdict.Reason.CALL;
            case "set":
            case "reset":
            case "use":
            case "lock":
            case "unlock":
            case "listen":
            case "discard":
            case "prepare":
            case "pragma":
            case "attach":
                return Verdict.Reason.SETTING;
            default:
                return Verdict.Reason.STATEMENT;
        }
    }

    /**
     * A call of {@code name}, in lower case and without a schema, that is not {@link #harmless}, or is and means
     * something all the same; {@code reading} stands at the name.
     *
     * @return whether it was dealt with: nothing else is noted then
     */
    protected boolean readFunction(String name, Reading reading) {
        return false;
    }

    /** A word of a plain statement that is not followed by a parenthesis: noted if it means something here. */
    protected void readWord(String word, Reading reading) {}

    /** What running {@code sql}, all its statements, means for idle connections: the strongest effect of one. */
    final IdleEffect effectOnIdle(String sql) {
        IdleEffect strongest = IdleEffect.NONE;
        if (!IdleEffect.mayBeOf(sql)) {
            return strongest;
        }
        for (int start = 0; start >= 0; start = IdleEffect.nextStatement(sql, start)) {
            IdleEffect effect = effectOnIdle(sql, start);
            strongest = effect.compareTo(strongest) > 0 ? effect : strongest;
        }
        return strongest;
    }

    /** The same of the statement that begins at {@code start}. */
    protected IdleEffect effectOnIdle(String sql, int start) {
        LeadingWords words = new LeadingWords(sql, start);
        String verb = words.next();
        if (verb.equals("SHUTDOWN")) {
            return IdleEffect.IN_THE_WAY;
        }
        if (!verb.equals("DROP") && !verb.equals("ALTER") && !verb.equals("CREATE")) {
            return IdleEffect.NONE;
        }
        switch (words.next()) {
            case "DATABASE":
                return IdleEffect.IN_THE_WAY;
            case "USER":
            case "ROLE":
            case "LOGIN":
                // One that is gone, or has another password, must not be served by what it opened before.
                return verb.equals("CREATE") ? IdleEffect.NONE : IdleEffect.IN_THE_WAY;
            default:
                return IdleEffect.NONE;
        }
    }
}
