package dev.poolwright.bench.rivals;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.poolwright.bench.stub.StubDriver;
import java.sql.SQLException;

/** HikariCP. */
final class HikariRival implements Rival {

    @Override
    public Source open(Shape shape) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDriverClassName(StubDriver.class.getName());
        config.setJdbcUrl(shape.url());
        config.setMaximumPoolSize(shape.max());
        config.setMinimumIdle(shape.min());
        config.setConnectionTimeout(shape.timeoutOr30Seconds());
        HikariDataSource pool = new HikariDataSource(config);
        return Rival.filled(Source.of(pool, pool), shape);
    }
}
