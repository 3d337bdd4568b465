package dev.poolwright.dialect;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A database nothing is known of: an agent leaves it alone; an engine that was asked for it pools it carefully. */
final class GenericDialect extends Dialect {

    static Dialect make() {
        return new GenericDialect();
    }

    @Override
    public String system() {
        return "other_sql";
    }

    @Override
    public boolean isServed() {
        return false;
    }

    @Override
    public Pooling pooling(String url, @Nullable Properties info) {
        return Pooling.PASS_THROUGH;
    }
}
