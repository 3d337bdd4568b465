package dev.poolwright.dialect;

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
    public Pooling pooling(String url) {
        return Pooling.PASS_THROUGH;
    }
}
