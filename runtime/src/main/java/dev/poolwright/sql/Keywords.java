package dev.poolwright.sql;

/** Words of SQL that mean something in front of a parenthesis or a name. */
final class Keywords {

    /**
     * No function can be called so, without quotes. Words of which that is true at some places only are told apart in
     * {@link #standBeforeParenthesis}; those of one database are among its harmless words.
     */
    static final Words ALL = Words.of(
            "select distinct from where on using as and or not in exists any all some union except intersect",
            "having limit offset fetch values row array when then else case between like ilike similar is only",
            "with lateral returning unique natural into table collate group grouping window");

    static final Words KINDS_OF_JOIN = Words.of("inner left right full outer cross natural straight_join lateral");

    /** Between {@code INSERT} and the name of the table. */
    static final Words BEFORE_TABLE =
            Words.of("insert replace merge into ignore low_priority high_priority delayed overwrite only");

    /** Between {@code CREATE} and what is created, where it stays when the session ends. */
    static final Words BEFORE_DEFINED =
            Words.of("or replace unique cached memory force noforce bitmap spatial hash fulltext");

    /** In a definition: a name follows, and then perhaps columns of it. */
    static final Words BEFORE_NAME = Words.of("table view index on references key constraint");

    /** Between those and the name. */
    static final Words IF_EXISTS = Words.of("if not exists");

    /** In a definition: no functions. */
    static final Words OF_DEFINITION =
            Words.of("check key primary default identity add modify drop column columns index constraint");

    /** What is in the parentheses after these belongs to the call before them. */
    static final Words AFTER_CALL = Words.of("filter group within over keep");

    /** What follows may be a secret that is written without quotes. */
    static final Words BEFORE_SECRETS = Words.of("identified password by secret key credential encryption");

    private Keywords() {}

    /**
     * Whether the current word is a keyword that no function can be called, at this place.
     *
     * @param updates whether {@code SET} of an {@code UPDATE} may come
     * @param defines whether this is a definition
     */
    static boolean standBeforeParenthesis(Pieces at, boolean updates, boolean defines) {
        switch (at.word) {
            case "by":
                return at.previousWord.equals("order")
                        || at.previousWord.equals("group")
                        || at.previousWord.equals("partition")
                        || at.previousWord.equals("siblings")
                        || at.previousWord.equals("connect");
            case "over":
            case "filter":
            case "within":
            case "keep":
                return at.previousClosesCall;
            case "against":
                return at.previousMark == ')';
            case "materialized":
                return at.previousWord.equals("as") || at.previousWord.equals("not");
            case "set":
                return updates;
            case "conflict":
                return at.previousWord.equals("on");
            case "join":
            case "apply":
                return (!at.previousWord.isEmpty() && !ALL.contains(at.previousWord))
                        || KINDS_OF_JOIN.contains(at.previousWord)
                        || at.previousKind == Tokens.QUOTED
                        || at.previousMark == ')';
            case "insert":
                return at.previousWord.equals("then"); // MERGE
            case "sets":
                return at.previousWord.equals("grouping");
            default:
                return ALL.contains(at.word) || (defines && OF_DEFINITION.contains(at.word));
        }
    }
}
