package dev.poolwright.sql;

import org.jspecify.annotations.Nullable;

/**
 * One look at one text: what each of its statements may leave on the session. Belongs to one thread.
 *
 * <p>A statement is clean if it begins with a verb that changes rows at most and contains nothing but functions that are
 * known to leave the session alone. Everything else is noted, and so is whatever is not understood.
 */
public final class Reading {

    /** Deeper parentheses are not understood. */
    private static final int DEEPEST = 64;

    private static final int LONGEST_WHAT = 80;

    private final Syntax syntax;
    private final String sql;
    private final Tokens tokens;

    private int bits;
    private Verdict.@Nullable Reason reason;
    private String what = "";

    /** What the current statement begins with, and where. */
    private int statementStart;

    private boolean makesKeys;

    /** The current piece in lower case if it is a word, otherwise empty; and those before it. */
    private String word = "";

    private int previousKind;
    private char previousMark;
    private String previousWord = "";
    private boolean previousClosesCall;
    private @Nullable String schema;
    private boolean schemaOfSchema;

    /** Open parentheses; the bits say which of them belong to calls. */
    private int depth;

    private long calls;

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
        this.tokens = new Tokens(sql, syntax, escapes);
    }

    /** The verdict on {@code sql}. */
    static Verdict of(Syntax syntax, String sql) {
        Reading first = new Reading(syntax, sql, syntax.has(Syntax.BACKSLASHES));
        first.read();
        if (first.tokens.isUnterminated()) {
            first.note(Verdict.ANYTHING, Verdict.Reason.TEXT);
        }
        if (first.tokens.isAmbiguous() && syntax.has(Syntax.BACKSLASHES_BY_SETTING)) {
            // The other way of reading it; a text that has no end then is refused by a server that reads so.
            Reading other = new Reading(syntax, sql, !syntax.has(Syntax.BACKSLASHES));
            other.read();
            first.add(other);
        }
        return new Verdict(sql, first.bits, first.reason, first.what, syntax.effectOnIdle(sql));
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
        return word;
    }

    /** Whether the current piece is the word {@code expected}. */
    public boolean isWord(String expected) {
        return word.equals(expected);
    }

    /** Whether the current piece is the character {@code mark}. */
    public boolean isMark(char mark) {
        return tokens.mark() == mark;
    }

    /** Whether the text ends here. */
    public boolean isEnd() {
        return tokens.kind() == Tokens.END;
    }

    /** Whether the function whose name is the current piece is called with any argument. */
    public boolean hasArguments() {
        Tokens ahead = new Tokens(sql.substring(tokens.end()), syntax, true);
        ahead.next();
        ahead.next();
        return ahead.mark() != ')';
    }

    /** Whether the current piece is a name in quotes. */
    public boolean isQuoted() {
        return tokens.kind() == Tokens.QUOTED;
    }

    /** What stands between the quotes of the current piece if it is a text without any oddity, otherwise null. */
    public @Nullable String literal() {
        String text = tokens.kind() == Tokens.TEXT ? tokens.text() : "";
        boolean ordinary = text.length() >= 2
                && text.charAt(0) == '\''
                && text.indexOf('\\') < 0
                && text.indexOf('\'', 1) == text.length() - 1;
        return ordinary ? text.substring(1, text.length() - 1) : null;
    }

    /** The word before the current piece, in lower case; empty if it was none. */
    public String previousWord() {
        return previousWord;
    }

    /**
     * An argument of the function whose name is the current piece, counted from 0: what stands in its quotes if it is an
     * ordinary text, a word in lower case, or null for anything else.
     */
    public @Nullable String argument(int index) {
        Reading ahead = new Reading(syntax, sql.substring(tokens.end()), true);
        ahead.next();
        ahead.next();
        for (int i = 0; i < index; i++) {
            ahead.next();
            if (!ahead.isMark(',')) {
                return null;
            }
            ahead.next();
        }
        String found = ahead.word.isEmpty() ? ahead.literal() : ahead.word;
        ahead.next();
        return ahead.isMark(',') || ahead.isMark(')') ? found : null;
    }

    /** Whether the current word is followed by an opening parenthesis. */
    public boolean isCall() {
        return tokens.parenthesisFollows();
    }

    /** Whether the text has, before the current piece, a word that is none of {@code expected} and no function. */
    public boolean hasWordBefore(Words expected) {
        Tokens again = new Tokens(sql, syntax, true);
        boolean dot = false;
        for (again.next(); again.start() < tokens.start() && again.kind() != Tokens.UNKNOWN; again.next()) {
            String found = again.kind() == Tokens.WORD ? Words.fold(again.text()) : "";
            boolean named = dot || again.isFollowedBy('.');
            if (!found.isEmpty() && !named && !again.parenthesisFollows() && !expected.contains(found)) {
                return true;
            }
            if (dot && !found.isEmpty() && !expected.contains(found)) {
                return true; // package.function
            }
            dot = again.mark() == '.';
        }
        return false;
    }

    /** Whether the current statement has an {@code UPDATE} whose {@code SET} has not come yet. */
    public boolean awaitsSet() {
        return updates;
    }

    /** Whether the current word begins the statement. */
    public boolean isVerb() {
        return tokens.start() == statementStart;
    }

    /** Whether this is a part of what {@code CREATE} or {@code ALTER} say of a table or the like, and of no query. */
    public boolean isInDefinition() {
        return defines;
    }

    /** Moves to the next piece. */
    public void next() {
        boolean wasClosing = tokens.mark() == ')';
        previousClosesCall = wasClosing && (calls >>> (depth + 1) & 1) != 0;
        previousKind = tokens.kind();
        previousMark = tokens.mark();
        previousWord = word;
        tokens.next();
        word = tokens.kind() == Tokens.WORD ? Words.fold(tokens.text()) : "";
    }

    /** The statement may leave {@code left}; {@code why} is kept if it is the first. */
    public void note(int left, Verdict.Reason why) {
        note(left, why, null);
    }

    /** As {@link #note(int, Verdict.Reason)}, because of the function that {@code reading} stands at. */
    public void noteFunction(int left) {
        note(left, Verdict.Reason.FUNCTION, tokens.kind() == Tokens.WORD ? tokens.text() + "()" : "a quoted name()");
    }

    /** The statement is about what the session remembers: keys, or its last statement. */
    public void noteMemory(int left) {
        bits |= left;
    }

    private void note(int left, Verdict.Reason why, @Nullable String because) {
        bits |= left;
        if (reason == null && (left & Verdict.DIRTY) != 0) {
            reason = why;
            what = because == null ? beginning() : because;
        }
    }

    // -- statements

    private void read() {
        next();
        while (tokens.kind() != Tokens.END) {
            if (isMark(';')) {
                next();
            } else if (!statement()) {
                return;
            }
        }
    }

    /** Reads one statement; false if the rest of the text cannot be understood. */
    private boolean statement() {
        depth = 0;
        calls = 0;
        unname();
        inWith = false;
        namingWith = false;
        updates = false;
        returning = false;
        defines = false;
        schema = null;
        schemaOfSchema = false;
        makesKeys = false;
        statementStart = tokens.start();
        while (isMark('(')) {
            depth++;
            next();
            statementStart = tokens.start();
        }
        if (isMark('{')) {
            note(Verdict.ANYTHING, Verdict.Reason.CALL);
        } else if (tokens.kind() != Tokens.WORD) {
            note(Verdict.ANYTHING, Verdict.Reason.TEXT);
        } else if (syntax.isPlain(word)) {
            verb();
        } else if (word.equals("create") || word.equals("alter") || word.equals("drop")) {
            definition();
        } else {
            syntax.readOther(word, this);
        }
        return rest();
    }

    /** Stands at {@code CREATE} or the like: moves on to what it is about, if that leaves the session alone. */
    private void definition() {
        String verb = word;
        if (!syntax.knowsDefinitions()) {
            syntax.readOther(verb, this);
            return;
        }
        do {
            next();
        } while (verb.equals("create") && Keywords.BEFORE_DEFINED.contains(word));
        if (syntax.isDefined(word)) {
            defines = true;
            definesTable = word.equals("table");
        } else {
            note(Verdict.ANYTHING, Verdict.Reason.STATEMENT);
        }
    }

    /** Stands at a plain verb, of the statement or of a part of it. */
    private void verb() {
        switch (word) {
            case "insert":
            case "replace":
            case "merge":
                naming = true;
                makesKeys = true;
                break;
            case "update":
                makesKeys = true;
                break;
            case "with":
                if (!inWith) {
                    inWith = true;
                    withDepth = depth;
                    namingWith = true;
                }
                break;
            default:
                break;
        }
    }

    /** Reads from here to the end of the statement; false if that cannot be understood. */
    private boolean rest() {
        while (tokens.kind() != Tokens.END) {
            if (tokens.kind() == Tokens.UNKNOWN) {
                if (!tokens.isUnterminated()) {
                    note(Verdict.ANYTHING, Verdict.Reason.TEXT);
                }
                return false;
            }
            if (isMark(';') && depth <= 0) {
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
        switch (tokens.kind()) {
            case Tokens.WORD:
                wordOrCall();
                break;
            case Tokens.QUOTED:
                if (!isNameOfTable() && tokens.parenthesisFollows() && !isColumnList()) {
                    quotedCall();
                }
                afterName();
                break;
            case Tokens.NUMBER:
                unname();
                if (tokens.parenthesisFollows()) {
                    note(Verdict.ANYTHING, Verdict.Reason.TEXT);
                }
                break;
            case Tokens.MARK:
                mark();
                break;
            case Tokens.VARIABLE:
                unname();
                syntax.readWord(Words.fold(tokens.text()), this);
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
        if (naming && !Keywords.BEFORE_TABLE.contains(word) && !(defines && Keywords.IF_EXISTS.contains(word))) {
            unname();
            named = true;
            return true;
        }
        named &= previousMark == '.';
        return named;
    }

    private void mark() {
        char mark = tokens.mark();
        switch (mark) {
            case '(':
                open(Keywords.AFTER_CALL.contains(previousWord));
                unname();
                break;
            case ')':
                depth--;
                unname();
                break;
            case '.':
                return; // between a schema and a name
            case ',':
                namingWith = inWith && depth == withDepth && previousMark == ')';
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
                if (tokens.isAssignment()) {
                    note(Verdict.CHANGES, Verdict.Reason.INTO, ":=");
                }
                break;
        }
        schema = null;
        schemaOfSchema = false;
    }

    private void open(boolean call) {
        if (depth >= DEEPEST - 1) {
            note(Verdict.ANYTHING, Verdict.Reason.TEXT);
            depth++;
            return;
        }
        depth++;
        calls = call ? calls | 1L << depth : calls & ~(1L << depth);
    }

    /** An escape of JDBC's: what it stands for is read as it is, and calls nothing by itself. */
    private void brace() {
        unname();
        next();
        if (tokens.kind() == Tokens.TEXT) {
            return; // {d'2024-02-29'}
        }
        switch (word) {
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
        if (defines && word.equals("select")) { // a view's, or where the rows come from
            defines = false;
            makesKeys = definesTable;
            unname();
        }
        if (previousMark == '(' || isVerb()) {
            if (syntax.isPlain(word) && !isCallByName()) {
                verb();
            }
        } else if (inWith && depth == withDepth && previousMark == ')' && !word.equals("as")) {
            inWith = false; // the statement itself
            if (syntax.isPlain(word)) {
                verb();
            } else {
                note(Verdict.ANYTHING, Verdict.Reason.STATEMENT);
            }
        }
        boolean qualified = previousMark == '.';
        if (isNameOfTable()) {
            afterName();
        } else if (!tokens.parenthesisFollows()) {
            if (qualified) {
                syntax.readWord("." + word, this);
            } else {
                plainWord();
            }
            afterName();
        } else if (isColumnList() || (!qualified && mayStandBeforeParenthesis())) {
            afterName();
        } else {
            call();
            open(true);
            next(); // the parenthesis
            schema = null;
            schemaOfSchema = false;
        }
    }

    /** {@code (INSERT(..}: the function of that name, as some databases have one. */
    private boolean isCallByName() {
        return tokens.parenthesisFollows()
                && (word.equals("insert") || word.equals("replace") || word.equals("truncate"));
    }

    private void plainWord() {
        if (defines) {
            naming = Keywords.BEFORE_NAME.contains(word) || (naming && Keywords.IF_EXISTS.contains(word));
            if (word.equals("create")) { // in a schema's
                note(Verdict.ANYTHING, Verdict.Reason.STATEMENT);
            }
            syntax.readWord(word, this);
            return;
        }
        switch (word) {
            case "into":
                if (!naming && !(returning && syntax.has(Syntax.RETURNING_INTO))) {
                    note(Verdict.ANYTHING, Verdict.Reason.INTO);
                }
                return; // the name follows
            case "update":
                if (!previousWord.equals("for")
                        && !previousWord.equals("key")) { // to lock, or what INSERT does instead
                    updates = true;
                    makesKeys = true;
                }
                break;
            case "insert":
                makesKeys = true;
                break;
            case "returning":
            case "return":
                returning = true;
                break;
            default:
                break;
        }
        syntax.readWord(word, this);
        if (word.equals("set")) {
            updates = false;
        }
    }

    /** A name has been read: what follows may be a list of its columns, or another part of it. */
    private void afterName() {
        if (namingWith && !word.equals("with") && !word.equals("recursive")) {
            namingWith = false;
        }
        schemaOfSchema = previousMark == '.';
        schema = word.isEmpty() ? "\"" : word;
    }

    /** Whether the parenthesis after the current name begins a list of columns, not of arguments. */
    private boolean isColumnList() {
        return (namingWith && !word.equals("recursive")) || (previousWord.equals("as") && !word.equals("materialized"));
    }

    /** Whether the current word is a keyword that no function can be called, at this place. */
    private boolean mayStandBeforeParenthesis() {
        switch (word) {
            case "by":
                return previousWord.equals("order")
                        || previousWord.equals("group")
                        || previousWord.equals("partition")
                        || previousWord.equals("siblings")
                        || previousWord.equals("connect");
            case "over":
            case "filter":
            case "within":
            case "keep":
                return previousClosesCall;
            case "against":
                return previousMark == ')';
            case "materialized":
                return previousWord.equals("as") || previousWord.equals("not");
            case "set":
                return updates;
            case "conflict":
                return previousWord.equals("on");
            case "join":
            case "apply":
                return (!previousWord.isEmpty() && !Keywords.ALL.contains(previousWord))
                        || Keywords.KINDS_OF_JOIN.contains(previousWord)
                        || previousKind == Tokens.QUOTED
                        || previousMark == ')';
            case "insert":
                return previousWord.equals("then"); // MERGE
            case "sets":
                return previousWord.equals("grouping");
            default:
                return Keywords.ALL.contains(word) || (defines && Keywords.OF_DEFINITION.contains(word));
        }
    }

    private void call() {
        String name = word;
        if (previousMark == '.') {
            String system = syntax.systemSchema();
            if (schemaOfSchema || system == null || !system.equals(schema)) {
                noteFunction(Verdict.CHANGES | Verdict.PLANS);
                return;
            }
        }
        if (previousWord.equals("fn") && EscapedFunctions.ALL.contains(name)) {
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

    // -- what to say of it

    /** The words the statement begins with, up to the first thing that could be data. */
    private String beginning() {
        StringBuilder said = new StringBuilder();
        Tokens again = new Tokens(sql.substring(statementStart), syntax, false);
        for (again.next(); said.length() < LONGEST_WHAT; again.next()) {
            boolean dot = again.mark() == '.';
            if (said.length() == 0
                    && (again.mark() == '{' || again.mark() == '=' || again.kind() == Tokens.PARAMETER)) {
                continue; // {? = call ..}
            }
            if (again.kind() != Tokens.WORD && again.kind() != Tokens.VARIABLE && !dot) {
                break;
            }
            String piece = again.text();
            String folded = Words.fold(piece);
            if (folded.equals("to")) {
                break;
            }
            boolean joined = dot || said.length() == 0 || said.charAt(said.length() - 1) == '.';
            said.append(joined ? "" : " ").append(piece);
            if (Keywords.BEFORE_SECRETS.contains(folded)) {
                break;
            }
        }
        return said.length() == 0 ? "?" : said.toString();
    }
}
