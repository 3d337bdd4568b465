package dev.poolwright.bench.rivals;

import com.alibaba.druid.pool.DruidDataSource;
import dev.poolwright.bench.stub.StubDriver;
import java.sql.SQLException;

/** Druid; asked not to test idle connections, as it has no statement to do it with. */
final class DruidRival implements Rival {

    @Override
    public Source open(Shape shape) throws SQLException {
        @SuppressWarnings("resource") // closed by the source
        DruidDataSource pool = new DruidDataSource();
        pool.setDriver(new StubDriver());
        pool.setUrl(shape.url());
        pool.setInitialSize(shape.min());
        pool.setMinIdle(shape.min());
        pool.setMaxActive(shape.max());
        pool.setMaxWait(shape.timeoutOr30Seconds());
        pool.setTestWhileIdle(false);
        return Rival.filled(Source.of(pool, pool), shape);
    }
}
