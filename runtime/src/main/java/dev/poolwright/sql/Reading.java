package dev.poolwright.sql;

import org.jspecify.annotations.Nullable;

/**
 * One look at one text: what each of its statements may leave on the session. Belongs to one thread.
 *
 * <p>A statement is clean if it begins with a verb that changes rows at most and contains nothing but functions that are
 * known to leave the session alone. Everything else is noted, and so is whatever is not understood.
 */
public final class Reading {

    private final Syntax syntax;
    private final String sql;
    private final Pieces at;

    private int bits;
    private Verdict.@Nullable Reason reason;
    private String what = "";

    /** What the current statement begins with, and where. */
    private int statementStart;

    private boolean makesKeys;

    /** The statement changes rows, or the like. */
    private boolean writes;

    /** It is a {@code COMMIT} or the like. */
    private boolean ends;

    /** What a definition means for the transaction; null = it is none. */
    private Verdict.@Nullable Work defined;

    private Verdict.Work work = Verdict.Work.READS;

    private @Nullable String schema;
    private boolean schemaOfSchema;

    /** After {@code INSERT}, {@code REPLACE}, {@code MERGE}: {@code INTO} and a name with a list of columns may follow. */
    private boolean naming;

    /** That name has begun; it goes on after a dot. */
    private boolean named;

    /** In the list after {@code WITH}: a name with a list of columns may follow. */
    private boolean inWith;

    private boolean namingWith;
    private int withDepth;

    /** {@code UPDATE} was read, and not yet its {@code SET}. */
    private boolean updates;

    private boolean returning;

    /** The statement defines something: names with lists of columns stand at other places, until a query begins. */
    private boolean defines;

    private boolean definesTable;

    private Reading(Syntax syntax, String sql, boolean escapes) {
        this.syntax = syntax;
        this.sql = sql;
        this.at = new Pieces(sql, syntax, escapes);
    }

    /** The verdict on {@code sql}. */
    static Verdict of(Syntax syntax, String sql) {
        Reading first = new Reading(syntax, sql, syntax.has(Syntax.BACKSLASHES));
        first.read();
        if (first.at.tokens.isUnterminated()) {
            first.note(Verdict.ANYTHING, Verdict.Reason.TEXT);
        }
        if (first.at.tokens.isAmbiguous() && syntax.has(Syntax.BACKSLASHES_BY_SETTING)) {
            // The other way of reading it; a text that has no end then is refused by a server that reads so.
            Reading other = new Reading(syntax, sql, !syntax.has(Syntax.BACKSLASHES));
            other.read();
            first.add(other);
        }
        return new Verdict(sql, first.bits, first.reason, first.what, syntax.effectOnIdle(sql), first.work);
    }

    private void add(Reading other) {
        bits |= other.bits;
        if (reason == null) {
            reason = other.reason;
            what = other.what;
        }
    }

    // -- for the syntaxes

    /** The current word in lower case; empty if it is none. */
    public String word() {
        return at.word;
    }

    /** Whether the current piece is the word {@code expected}. */
    public boolean isWord(String expected) {
        return at.word.equals(expected);
    }

    /** Whether the current piece is the character {@code mark}. */
    public boolean isMark(char mark) {
        return at.tokens.mark() == mark;
    }

    /** Whether the text ends here. */
    public boolean isEnd() {
        return at.tokens.kind() == Tokens.END;
    }

    /** Whether the function whose name is the current piece is called with any argument. */
    public boolean hasArguments() {
        return at.hasArguments();
    }

    /** Whether the current piece is a name in quotes. */
    public boolean isQuoted() {
        return at.tokens.kind() == Tokens.QUOTED;
    }

    /** What stands between the quotes of the current piece if it is a text without any oddity, otherwise null. */
    public @Nullable String literal() {
        return at.literal();
    }

    /** The word before the current piece, in lower case; empty if it was none. */
    public String previousWord() {
        return at.previousWord;
    }

    /**
     * An argument of the function whose name is the current piece, counted from 0: what stands in its quotes if it is an
     * ordinary text, a word in lower case, or null for anything else.
     */
    public @Nullable String argument(int index) {
        return at.argument(index);
    }

    /** Whether the current word is followed by an opening parenthesis. */
    public boolean isCall() {
        return at.tokens.parenthesisFollows();
    }

    /** Whether the text has, before the current piece, a word that is none of {@code expected} and no function. */
    public boolean hasWordBefore(Words expected) {
        return at.hasWordBefore(expected);
    }

    /** Whether the current statement has an {@code UPDATE} whose {@code SET} has not come yet. */
    public boolean awaitsSet() {
        return updates;
    }

    /** Whether the current word begins the statement. */
    public boolean isVerb() {
        return at.tokens.start() == statementStart;
    }

    /** Whether this is a part of what {@code CREATE} or {@code ALTER} say of a table or the like, and of no query. */
    public boolean isInDefinition() {
        return defines;
    }

    /** Moves to the next piece. */
    public void next() {
        at.next();
    }

    /** The statement may leave {@code left}; {@code why} is kept if it is the first. */
    public void note(int left, Verdict.Reason why) {
        note(left, why, null);
    }

    /** As {@link #note(int, Verdict.Reason)}, because of the function that {@code reading} stands at. */
    public void noteFunction(int left) {
        note(
                left,
                Verdict.Reason.FUNCTION,
                at.tokens.kind() == Tokens.WORD ? at.tokens.text() + "()" : "a quoted name()");
    }

    /** The statement is about what the session remembers: keys, or its last statement. */
    public void noteMemory(int left) {
        bits |= left;
    }

    private void note(int left, Verdict.Reason why, @Nullable String because) {
        bits |= left;
        if (reason == null && (left & Verdict.DIRTY) != 0) {
            reason = why;
            what = because == null ? Beginning.of(sql.substring(statementStart), syntax) : because;
        }
    }

    // -- statements

    private void read() {
        next();
        while (at.tokens.kind() != Tokens.END) {
            if (isMark(';')) {
                next();
            } else if (!statement()) {
                return;
            }
        }
    }

    /** Reads one statement; false if the rest of the text cannot be understood. */
    private boolean statement() {
        at.begins();
        unname();
        inWith = false;
        namingWith = false;
        updates = false;
        returning = false;
        defines = false;
        schema = null;
        schemaOfSchema = false;
        makesKeys = false;
        writes = false;
        ends = false;
        defined = null;
        statementStart = at.tokens.start();
        while (isMark('(')) {
            at.opens();
            next();
            statementStart = at.tokens.start();
        }
        if (isMark('{')) {
            note(Verdict.ANYTHING, Verdict.Reason.CALL);
        } else if (at.tokens.kind() != Tokens.WORD) {
            note(Verdict.ANYTHING, Verdict.Reason.TEXT);
        } else if (syntax.isPlain(at.word)) {
            ends = endsTransaction(at.word);
            verb();
        } else if (at.word.equals("create") || at.word.equals("alter") || at.word.equals("drop")) {
            defined = syntax.workOfDefinition();
            definition();
        } else {
            writes = isCode(at.word);
            syntax.readOther(at.word, this);
        }
        boolean understood = rest();
        transaction();
        return understood;
    }

    private static boolean isCode(String verb) {
        return verb.equals("call") || verb.equals("exec") || verb.equals("execute") || verb.equals("do");
    }

    private static boolean endsTransaction(String verb) {
        return verb.equals("commit") || verb.equals("rollback") || verb.equals("abort") || verb.equals("end");
    }

    /** The statement has been read: what it means for the transaction, after those before it. */
    private void transaction() {
        if (defined != null) {
            work = defined == Verdict.Work.READS ? work : defined;
        } else if (writes || makesKeys) {
            work = Verdict.Work.WRITES;
        } else if (ends) {
            work = Verdict.Work.ENDS;
        }
    }

    /** Stands at {@code CREATE} or the like: moves on to what it is about, if that leaves the session alone. */
    private void definition() {
        String verb = at.word;
        if (!syntax.knowsDefinitions()) {
            syntax.readOther(verb, this);
            return;
        }
        do {
            next();
        } while (verb.equals("create") && Keywords.BEFORE_DEFINED.contains(at.word));
        if (syntax.isDefined(at.word)) {
            defines = true;
            definesTable = at.word.equals("table");
        } else {
            note(Verdict.ANYTHING, Verdict.Reason.STATEMENT);
        }
    }

    /** Stands at a plain verb, of the statement or of a part of it. */
    private void verb() {
        switch (at.word) {
            case "insert":
            case "replace":
            case "merge":
                naming = true;
                makesKeys = true;
                break;
            case "update":
                makesKeys = true;
                break;
            case "delete":
                writes = true;
                break;
            case "truncate":
                if (isVerb()) {
                    defined = syntax.workOfDefinition();
                }
                break;
            case "with":
                if (!inWith) {
                    inWith = true;
                    withDepth = at.depth;
                    namingWith = true;
                }
                break;
            default:
                break;
        }
    }

    /** Reads from here to the end of the statement; false if that cannot be understood. */
    private boolean rest() {
        while (at.tokens.kind() != Tokens.END) {
            if (at.tokens.kind() == Tokens.UNKNOWN) {
                if (!at.tokens.isUnterminated()) {
                    note(Verdict.ANYTHING, Verdict.Reason.TEXT);
                }
                return false;
            }
            if (isMark(';') && at.depth <= 0) {
                break;
            }
            piece();
            next();
        }
        if (makesKeys) {
            bits |= Verdict.MAKES_KEYS;
        }
        return true;
    }

    private void piece() {
        switch (at.tokens.kind()) {
            case Tokens.WORD:
                wordOrCall();
                break;
            case Tokens.QUOTED:
                if (!isNameOfTable() && at.tokens.parenthesisFollows() && !isColumnList()) {
                    quotedCall();
                }
                afterName();
                break;
            case Tokens.NUMBER:
                unname();
                if (at.tokens.parenthesisFollows()) {
                    note(Verdict.ANYTHING, Verdict.Reason.TEXT);
                }
                break;
            case Tokens.MARK:
                mark();
                break;
            case Tokens.VARIABLE:
                unname();
                syntax.readWord(Words.fold(at.tokens.text()), this);
                break;
            default:
                unname();
                break;
        }
    }

    private void unname() {
        naming = false;
        named = false;
    }

    /** Whether the current word or name is a part of what {@code INSERT} and the like are about. */
    private boolean isNameOfTable() {
        if (naming && !Keywords.BEFORE_TABLE.contains(at.word) && !(defines && Keywords.IF_EXISTS.contains(at.word))) {
            unname();
            named = true;
            return true;
        }
        named &= at.previousMark == '.';
        return named;
    }

    private void mark() {
        char mark = at.tokens.mark();
        switch (mark) {
            case '(':
                if (!at.opens(Keywords.AFTER_CALL.contains(at.previousWord))) {
                    note(Verdict.ANYTHING, Verdict.Reason.TEXT);
                }
                unname();
                break;
            case ')':
                at.closes();
                unname();
                break;
            case '.':
                return; // between a schema and a name
            case ',':
                namingWith = inWith && at.depth == withDepth && at.previousMark == ')';
                unname();
                break;
            case '{':
                brace();
                break;
            case ';':
                note(Verdict.ANYTHING, Verdict.Reason.TEXT); // inside parentheses
                break;
            default:
                unname();
                if (at.tokens.isAssignment()) {
                    note(Verdict.CHANGES, Verdict.Reason.INTO, ":=");
                }
                break;
        }
        schema = null;
        schemaOfSchema = false;
    }

    /** An escape of JDBC's: what it stands for is read as it is, and calls nothing by itself. */
    private void brace() {
        unname();
        next();
        writes |= isWord("call"); // but not of a function, which is for what it returns
        if (at.tokens.kind() == Tokens.TEXT) {
            return; // {d'2024-02-29'}
        }
        switch (at.word) {
            case "fn":
            case "d":
            case "t":
            case "ts":
            case "oj":
            case "escape":
            case "limit":
                break;
            default:
                note(Verdict.ANYTHING, Verdict.Reason.TEXT);
        }
    }

    private void wordOrCall() {
        if (defines && at.word.equals("select")) { // a view's, or where the rows come from
            defines = false;
            makesKeys = definesTable;
            unname();
        }
        if (at.previousMark == '(' || isVerb()) {
            if (syntax.isPlain(at.word) && !isCallByName()) {
                verb();
            }
        } else if (inWith && at.depth == withDepth && at.previousMark == ')' && !at.word.equals("as")) {
            inWith = false; // the statement itself
            if (syntax.isPlain(at.word)) {
                verb();
            } else {
                note(Verdict.ANYTHING, Verdict.Reason.STATEMENT);
            }
        }
        boolean qualified = at.previousMark == '.';
        if (isNameOfTable()) {
            afterName();
        } else if (!at.tokens.parenthesisFollows()) {
            if (qualified) {
                syntax.readWord("." + at.word, this);
            } else {
                plainWord();
            }
            afterName();
        } else if (isColumnList() || (!qualified && Keywords.standBeforeParenthesis(at, updates, defines))) {
            afterName();
        } else {
            call();
            if (!at.opens(true)) {
                note(Verdict.ANYTHING, Verdict.Reason.TEXT);
            }
            next(); // the parenthesis
            schema = null;
            schemaOfSchema = false;
        }
    }

    /** {@code (INSERT(..}: the function of that name, as some databases have one. */
    private boolean isCallByName() {
        return at.tokens.parenthesisFollows()
                && (at.word.equals("insert") || at.word.equals("replace") || at.word.equals("truncate"));
    }

    private void plainWord() {
        if (defines) {
            naming = Keywords.BEFORE_NAME.contains(at.word) || (naming && Keywords.IF_EXISTS.contains(at.word));
            if (at.word.equals("create")) { // in a schema's
                note(Verdict.ANYTHING, Verdict.Reason.STATEMENT);
            }
            syntax.readWord(at.word, this);
            return;
        }
        switch (at.word) {
            case "into":
                if (!naming && !(returning && syntax.has(Syntax.RETURNING_INTO))) {
                    note(Verdict.ANYTHING, Verdict.Reason.INTO);
                }
                return; // the name follows
            case "update":
                if (!at.previousWord.equals("for")
                        && !at.previousWord.equals("key")) { // to lock, or what INSERT does instead
                    updates = true;
                    makesKeys = true;
                }
                break;
            case "insert":
                makesKeys = true;
                break;
            case "delete":
                writes |= inWith || at.previousWord.equals("then");
                break;
            case "to": // ROLLBACK TO
                ends = false;
                break;
            case "returning":
            case "return":
                returning = true;
                break;
            default:
                break;
        }
        syntax.readWord(at.word, this);
        if (at.word.equals("set")) {
            updates = false;
        }
    }

    /** A name has been read: what follows may be a list of its columns, or another part of it. */
    private void afterName() {
        if (namingWith && !at.word.equals("with") && !at.word.equals("recursive")) {
            namingWith = false;
        }
        schemaOfSchema = at.previousMark == '.';
        schema = at.word.isEmpty() ? "\"" : at.word;
    }

    /** Whether the parenthesis after the current name begins a list of columns, not of arguments. */
    private boolean isColumnList() {
        return (namingWith && !at.word.equals("recursive"))
                || (at.previousWord.equals("as") && !at.word.equals("materialized"));
    }

    private void call() {
        String name = at.word;
        if (at.previousMark == '.') {
            String system = syntax.systemSchema();
            if (schemaOfSchema || system == null || !system.equals(schema)) {
                noteFunction(Verdict.CHANGES | Verdict.PLANS);
                return;
            }
        }
        if (at.previousWord.equals("fn") && EscapedFunctions.ALL.contains(name)) {
            return;
        }
        if (!syntax.readFunction(name, this) && !syntax.harmless().contains(name)) {
            noteFunction(Verdict.CHANGES | Verdict.PLANS);
        }
    }

    /** The quotes may hide one of those functions that no reset makes up for. */
    private void quotedCall() {
        noteFunction(Verdict.CHANGES | Verdict.PLANS | Verdict.FOR_GOOD);
    }
}
