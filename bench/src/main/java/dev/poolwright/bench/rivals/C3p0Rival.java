package dev.poolwright.bench.rivals;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import dev.poolwright.bench.stub.StubDriver;
import java.beans.PropertyVetoException;
import java.sql.SQLException;

/** c3p0. */
final class C3p0Rival implements Rival {

    @Override
    public Source open(Shape shape) throws SQLException, PropertyVetoException {
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setDriverClass(StubDriver.class.getName());
        pool.setJdbcUrl(shape.url());
        pool.setInitialPoolSize(shape.min());
        pool.setMinPoolSize(shape.min());
        pool.setMaxPoolSize(shape.max());
        pool.setCheckoutTimeout((int) shape.timeoutOr30Seconds());
        return Rival.filled(Source.of(pool, pool), shape);
    }
}
