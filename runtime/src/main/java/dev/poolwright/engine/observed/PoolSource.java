package dev.poolwright.engine.observed;

import org.jspecify.annotations.Nullable;

/** Another pool, as far as it is known: what its hand-outs are said to be of. Does not refer to it. Any thread. */
public final class PoolSource {

    private final String className;
    private volatile @Nullable ObservedDatabase database;
    private volatile boolean ambiguous;

    PoolSource(String className) {
        this.className = className;
    }

    /** The class of its data source, or driver. */
    public String className() {
        return className;
    }

    /** Where its connections lead to, or null if that is not known or not always the same. */
    public @Nullable ObservedDatabase database() {
        return ambiguous ? null : database;
    }

    /** One of its connections leads to {@code found}. */
    public void leadsTo(ObservedDatabase found) {
        ObservedDatabase known = database;
        if (known == null) {
            database = found;
        } else if (known != found) {
            ambiguous = true;
        }
    }
}
