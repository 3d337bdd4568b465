package dev.poolwright.sql;

/** Words of SQL that mean something in front of a parenthesis or a name. */
final class Keywords {

    /**
     * No function can be called so, without quotes. Words of which that is true at some places only are told apart in
     * {@link Reading}; those of one database are among its harmless words.
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
}
