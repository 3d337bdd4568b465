package dev.poolwright.bench.rivals;

import dev.poolwright.bench.stub.StubDriver;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.commons.dbcp2.BasicDataSource;

/** Commons DBCP 2. */
final class Dbcp2Rival implements Rival {

    @Override
    public Source open(Shape shape) throws SQLException {
        @SuppressWarnings("resource") // closed by the source
        BasicDataSource pool = new BasicDataSource();
        pool.setDriverClassName(StubDriver.class.getName());
        pool.setUrl(shape.url());
        pool.setInitialSize(shape.min());
        pool.setMinIdle(shape.min());
        pool.setMaxTotal(shape.max());
        pool.setMaxIdle(shape.max());
        pool.setMaxWait(Duration.ofMillis(shape.timeoutOr30Seconds()));
        return Rival.filled(Source.of(pool, pool), shape);
    }
}
