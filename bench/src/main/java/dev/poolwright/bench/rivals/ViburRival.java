package dev.poolwright.bench.rivals;

import dev.poolwright.bench.stub.StubDriver;
import java.sql.SQLException;
import org.vibur.dbcp.ViburDBCPDataSource;

/** Vibur DBCP. */
final class ViburRival implements Rival {

    @Override
    public Source open(Shape shape) throws SQLException {
        @SuppressWarnings("resource") // closed by the source
        ViburDBCPDataSource pool = new ViburDBCPDataSource();
        pool.setDriver(new StubDriver());
        pool.setJdbcUrl(shape.url());
        pool.setUsername("");
        pool.setPassword("");
        pool.setPoolInitialSize(shape.min());
        pool.setPoolMaxSize(shape.max());
        pool.setConnectionTimeoutInMs(shape.timeoutOr30Seconds());
        pool.start();
        return Rival.filled(Source.of(pool, pool), shape);
    }
}
