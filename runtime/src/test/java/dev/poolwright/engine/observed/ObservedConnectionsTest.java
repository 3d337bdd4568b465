package dev.poolwright.engine.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.TransactionEnd;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a driver's connection that another pool keeps; called here as the driver's own methods call. */
class ObservedConnectionsTest {

    private final List<String> told = new ArrayList<>();
    private EngineListener listener = new Listener();
    private boolean applicationsWord = true;
    private boolean autoCommit;

    private final ObservedDatabases databases = new ObservedDatabases(() -> listener);
    private final ObservedConnections connections = new ObservedConnections(() -> listener, driver -> applicationsWord);
    private final Connection raw = connection();
    private final Statement statement = statementOf(raw);

    private void opened() {
        connections.opened(raw, databases.of("jdbc:postgresql://db/orders?password=secret", "app"), 7);
        told.clear();
    }

    private void end(TransactionEnd how) {
        left(raw, connections.ending(raw, how), null, null);
    }

    private void left(Object self, Object token, Object result, Throwable thrown) {
        if (token != null) {
            connections.left(token, self, result, thrown);
        }
    }

    private void setAutoCommit(boolean on) {
        left(raw, connections.settingAutoCommit(raw, on), null, null);
        autoCommit = on;
    }

    @Test
    void tells_of_a_connection_and_its_database_without_secrets() {
        connections.opened(raw, databases.of("jdbc:postgresql://db/orders?password=secret", "app"), 7);
        assertThat(told)
                .containsExactly(
                        "observed db:5432/orders@app (jdbc:postgresql://db/orders, user app)", "connected in 7");
    }

    @Test
    void tells_of_each_end_once_if_something_ran_before_it() {
        opened();
        connections.runs(statement);
        end(TransactionEnd.COMMIT);
        end(TransactionEnd.COMMIT);
        connections.runs(statement);
        end(TransactionEnd.ROLLBACK);
        setAutoCommit(true);
        assertThat(told).containsExactly("COMMIT", "ROLLBACK");
    }

    @Test
    void takes_what_a_driver_calls_inside_for_a_part_of_the_call() {
        opened();
        connections.runs(statement);
        Object outer = connections.settingAutoCommit(raw, true);
        assertThat(connections.ending(raw, TransactionEnd.COMMIT)).isNull();
        left(raw, outer, null, null);
        assertThat(told).containsExactly("IMPLICIT_COMMIT");
    }

    @Test
    void takes_leaving_auto_commit_for_no_end_whatever_the_driver_calls_inside() {
        opened();
        autoCommit = true;
        connections.runs(statement);
        Object outer = connections.settingAutoCommit(raw, false);
        end(TransactionEnd.COMMIT);
        left(raw, outer, null, null);
        assertThat(told).isEmpty();
    }

    @Test
    void says_nothing_of_what_a_pool_ends_for_itself_and_knows_that_it_ended() {
        opened();
        connections.runs(statement);
        applicationsWord = false;
        end(TransactionEnd.ROLLBACK);
        applicationsWord = true;
        end(TransactionEnd.COMMIT);
        assertThat(told).isEmpty();
    }

    @Test
    void tells_of_what_is_called_an_end_where_no_statement_was_ever_recognised() {
        opened();
        setAutoCommit(true);
        autoCommit = false;
        end(TransactionEnd.COMMIT);
        end(TransactionEnd.COMMIT);
        assertThat(told).containsExactly("COMMIT", "COMMIT");
    }

    @Test
    void tells_of_every_end_where_a_statement_runs_unseen() {
        opened();
        connections.runs(statement);
        connections.runsUnseen(statement);
        end(TransactionEnd.COMMIT);
        end(TransactionEnd.COMMIT);
        assertThat(told).containsExactly("COMMIT", "COMMIT");
    }

    @Test
    void tells_of_a_failed_end_and_that_the_transaction_lives_on() {
        opened();
        connections.runs(statement);
        left(raw, connections.ending(raw, TransactionEnd.COMMIT), null, new SQLException("no"));
        end(TransactionEnd.ROLLBACK);
        assertThat(told).containsExactly("COMMIT failed", "ROLLBACK");
    }

    @Test
    void goes_back_to_a_savepoint_inside_of_the_transaction() {
        opened();
        connections.runs(statement);
        end(TransactionEnd.ROLLBACK_TO_SAVEPOINT);
        end(TransactionEnd.COMMIT);
        assertThat(told).containsExactly("ROLLBACK_TO_SAVEPOINT", "COMMIT");
    }

    @Test
    void tells_how_many_a_batch_had_where_that_is_known() {
        opened();
        left(statement, connections.runningBatch(statement), new int[3], null);
        left(statement, connections.runningBatch(statement), new long[4], null);
        left(statement, connections.runningBatch(statement), null, new SQLException("no"));
        assertThat(told).containsExactly("batch of 3", "batch of 4", "batch of -1 failed");
    }

    @Test
    void knows_nothing_of_other_connections_and_of_statements_that_are_closed() {
        opened();
        Connection other = connection();
        assertThat(connections.ending(other, TransactionEnd.COMMIT)).isNull();
        assertThat(connections.runningBatch(statementOf(other))).isNull();
        assertThat(connections.runningBatch(statementOf(null))).isNull();
        connections.runs("no statement");
    }

    @Test
    void does_nothing_while_nobody_listens() {
        opened();
        listener = null;
        connections.runs(statement);
        assertThat(connections.ending(raw, TransactionEnd.COMMIT)).isNull();
        assertThat(connections.settingAutoCommit(raw, true)).isNull();
    }

    private Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("getAutoCommit")) {
                        return autoCommit;
                    }
                    throw new UnsupportedOperationException("an equals of the driver's was called: " + method);
                });
    }

    /** @param connection null = it is closed */
    private Statement statementOf(Connection connection) {
        return (Statement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Statement.class}, (self, method, arguments) -> {
                    if (connection == null) {
                        throw new SQLException("closed");
                    }
                    return connection;
                });
    }

    private final class Listener implements EngineListener {

        @Override
        public void observed(EngineInfo engine) {
            told.add("observed " + engine.toString().replaceAll("#\\d+", ""));
        }

        @Override
        public void connectionOpened(EngineInfo engine, long nanos, Throwable failure) {
            told.add("connected in " + nanos);
        }

        @Override
        public void transactionEnded(EngineInfo engine, TransactionEnd how, long start, long end, Throwable failure) {
            told.add(how + (failure == null ? "" : " failed"));
        }

        @Override
        public void batchExecuted(EngineInfo engine, int size, long start, long end, Throwable failure) {
            told.add("batch of " + size + (failure == null ? "" : " failed"));
        }
    }
}
