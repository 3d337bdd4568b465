package dev.poolwright.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.poolwright.bench.stub.StubDriver;
import dev.poolwright.engine.Engine;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceListener;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Who hands out the stub driver's connections: nobody, or a pool of {@link #SIZE} that is set up as its manual says. */
public enum Contestant {
    /** DriverManager and the driver: every borrow opens. */
    NONE {
        @Override
        Source open() {
            return new Source() {
                @Override
                public Connection get() throws SQLException {
                    return DriverManager.getConnection(StubDriver.URL);
                }

                @Override
                public void close() {}
            };
        }
    },

    /** HikariCP. */
    HIKARI {
        @Override
        Source open() {
            HikariConfig config = new HikariConfig();
            config.setDriverClassName(StubDriver.class.getName());
            config.setJdbcUrl(StubDriver.URL);
            config.setMaximumPoolSize(SIZE);
            config.setMinimumIdle(SIZE);
            HikariDataSource pool = new HikariDataSource(config);
            return new Source() {
                @Override
                public Connection get() throws SQLException {
                    return pool.getConnection();
                }

                @Override
                public void close() {
                    pool.close();
                }
            };
        }
    },

    /** Agroal. */
    AGROAL {
        @Override
        Source open() throws SQLException {
            CountDownLatch filled = new CountDownLatch(SIZE);
            AgroalDataSource pool = AgroalDataSource.from(
                    new AgroalDataSourceConfigurationSupplier()
                            .connectionPoolConfiguration(connections -> connections
                                    .initialSize(SIZE)
                                    .maxSize(SIZE)
                                    .connectionFactoryConfiguration(
                                            factory -> factory.connectionProviderClass(StubDriver.class)
                                                    .jdbcUrl(StubDriver.URL))),
                    new AgroalDataSourceListener() {
                        @Override
                        public void onConnectionPooled(Connection connection) {
                            filled.countDown();
                        }
                    });
            // A borrow while it still fills can wait for ever: seen with 3.2.1 on a loaded machine.
            try {
                if (!filled.await(30, TimeUnit.SECONDS)) {
                    throw new SQLException("Agroal opened " + (SIZE - filled.getCount()) + " of " + SIZE);
                }
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            return new Source() {
                @Override
                public Connection get() throws SQLException {
                    return pool.getConnection();
                }

                @Override
                public void close() {
                    pool.close();
                }
            };
        }
    },

    /** Poolwright's Engine as it comes. */
    ENGINE {
        @Override
        Source open() throws SQLException {
            return engine(false);
        }
    },

    /** The Engine with the stack of each borrow recorded, as under the agent. */
    TRACING {
        @Override
        Source open() throws SQLException {
            return engine(true);
        }
    };

    private static Source engine(boolean trace) throws SQLException {
        Engine engine = Engine.builder(StubDriver.URL)
                .size(SIZE)
                .overflow(0)
                .traceLeaks(trace)
                .build();
        Connection[] all = new Connection[SIZE];
        for (int i = 0; i < SIZE; i++) {
            all[i] = engine.getConnection();
        }
        for (Connection each : all) {
            each.close();
        }
        return new Source() {
            @Override
            public Connection get() throws SQLException {
                return engine.getConnection();
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }

    /** Connections in each pool: more than there are threads, so that nobody waits. */
    static final int SIZE = 16;

    /** Starts it; as many connections as it likes are open before the first borrow. */
    abstract Source open() throws SQLException;

    /** A started contestant. */
    interface Source extends AutoCloseable {

        /** Borrows a connection; closing the connection ends the borrow. */
        Connection get() throws SQLException;

        @Override
        void close();
    }
}
