package dev.poolwright.bench.rivals;

import dev.poolwright.bench.stub.StubDriver;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceListener;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Agroal. */
final class AgroalRival implements Rival {

    @Override
    public Source open(Shape shape) throws SQLException, InterruptedException {
        CountDownLatch filled = new CountDownLatch(shape.min());
        AgroalDataSource pool = AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier()
                        .connectionPoolConfiguration(connections -> connections
                                .initialSize(shape.min())
                                .minSize(shape.min())
                                .maxSize(shape.max())
                                .acquisitionTimeout(Duration.ofMillis(shape.timeoutOr30Seconds()))
                                .connectionFactoryConfiguration(
                                        factory -> factory.connectionProviderClass(StubDriver.class)
                                                .jdbcUrl(shape.url()))),
                new AgroalDataSourceListener() {
                    @Override
                    public void onConnectionPooled(Connection connection) {
                        filled.countDown();
                    }
                });
        // Not by lending them all: a borrow while it still fills can wait for ever, seen with 3.2.1.
        if (!filled.await(30, TimeUnit.SECONDS)) {
            throw new SQLException("Agroal opened " + (shape.min() - filled.getCount()) + " of " + shape.min());
        }
        return Source.of(pool, pool);
    }
}
