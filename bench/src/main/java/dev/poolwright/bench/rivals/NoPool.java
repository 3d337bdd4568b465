package dev.poolwright.bench.rivals;

import dev.poolwright.bench.stub.StubDriver;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** DriverManager and the driver: every borrow opens. */
final class NoPool implements Rival {

    @Override
    public Source open(Shape shape) throws ClassNotFoundException {
        Class.forName(StubDriver.class.getName());
        String url = shape.url();
        return new Source() {
            @Override
            public Connection get() throws SQLException {
                return DriverManager.getConnection(url);
            }

            @Override
            public void close() {}
        };
    }
}
