package dev.poolwright.sql.database;

import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.Words;

/** A database of which nothing is known but that it speaks SQL; SQLite among them. */
public final class StandardSyntax extends Syntax {

    public StandardSyntax() {
        super(BACKTICKS | BACKSLASHES_BY_SETTING);
    }

    @Override
    protected Words harmless() {
        return StandardWords.ALL;
    }
}
