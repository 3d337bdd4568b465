package dev.poolwright.bench.rivals;

import java.sql.Connection;
import java.sql.SQLException;

/** A way to get connections. Has a constructor without arguments. */
public interface Rival {

    /** Starts it and fills it. */
    Source open(Shape shape) throws Exception;

    /** Has {@code source} open as many connections as it keeps: by lending them all at once. */
    static Source filled(Source source, Shape shape) throws SQLException {
        Connection[] all = new Connection[shape.min()];
        for (int i = 0; i < all.length; i++) {
            all[i] = source.get();
        }
        for (Connection each : all) {
            each.close();
        }
        return source;
    }
}
