package dev.poolwright.bench.rivals;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A started rival. Any thread may borrow. */
public interface Source extends AutoCloseable {

    /** Borrows a connection; closing the connection ends the borrow. */
    Connection get() throws SQLException;

    @Override
    void close();

    /** Lends what {@code pool} lends, and ends by {@code end}. */
    static Source of(DataSource pool, AutoCloseable end) {
        return new Source() {
            @Override
            public Connection get() throws SQLException {
                return pool.getConnection();
            }

            @Override
            public void close() {
                try {
                    end.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }
}
