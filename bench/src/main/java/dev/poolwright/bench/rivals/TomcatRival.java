package dev.poolwright.bench.rivals;

import dev.poolwright.bench.stub.StubDriver;
import java.sql.SQLException;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** Tomcat's JDBC pool. */
final class TomcatRival implements Rival {

    @Override
    public Source open(Shape shape) throws SQLException {
        PoolProperties properties = new PoolProperties();
        properties.setDriverClassName(StubDriver.class.getName());
        properties.setUrl(shape.url());
        properties.setInitialSize(shape.min());
        properties.setMinIdle(shape.min());
        properties.setMaxActive(shape.max());
        properties.setMaxIdle(shape.max());
        properties.setMaxWait((int) shape.timeoutOr30Seconds());
        DataSource pool = new DataSource(properties);
        return Rival.filled(Source.of(pool, () -> pool.close(true)), shape);
    }
}
