package com.acme.frameworks;

import com.acme.legacy.Script;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's templates and transactions over its own data source, which asks DriverManager each time. */
final class SpringUse {

    private final Script script = new Script("spring");
    private final DriverManagerDataSource source;
    private final JdbcTemplate template;
    private final TransactionTemplate transaction;
    private final Set<Object> sessions = new HashSet<>();

    SpringUse(String url) {
        source = new DriverManagerDataSource(url, FrameworkApplication.USER, FrameworkApplication.PASSWORD);
        template = new JdbcTemplate(source);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    }

    private void session() {
        sessions.add(template.queryForObject("select pg_backend_pid()", Integer.class));
    }

    private Object all() {
        return template.queryForList("select name from item order by name", String.class);
    }

    void run() {
        statements();
        transactions();
        script.step("as a data source", () -> {
            Connection connection = DataSourceUtils.getConnection(source);
            boolean open = !connection.isClosed();
            DataSourceUtils.releaseConnection(connection, source);
            return open + " " + connection.isClosed();
        });
        for (int i = 0; i < 10; i++) {
            session();
        }
        script.count("sessions", sessions.size());
    }

    private void statements() {
        script.step("create", () -> {
            template.execute("create table item (id serial primary key, name varchar(20) unique)");
            return template.update("insert into item (name) values (?)", "ink");
        });
        script.step(
                "batch",
                () -> template.batchUpdate(
                        "insert into item (name) values (?)", List.of(new Object[] {"quill"}, new Object[] {"sand"})));
        script.step("key", () -> {
            GeneratedKeyHolder key = new GeneratedKeyHolder();
            template.update(
                    connection -> {
                        var statement = connection.prepareStatement(
                                "insert into item (name) values ('wax')", new String[] {"id"});
                        return statement;
                    },
                    key);
            return key.getKey();
        });
        script.step(
                "named",
                () -> new NamedParameterJdbcTemplate(source)
                        .queryForList(
                                "select id from item where name in (:names)",
                                java.util.Map.of("names", List.of("ink", "wax"))));
        script.twice("duplicate", () -> template.update("insert into item (name) values ('ink')"));
        script.twice("bad grammar", () -> template.queryForList("selec 1"));
        script.step("too slow", () -> {
            JdbcTemplate hasty = new JdbcTemplate(source);
            hasty.setQueryTimeout(1);
            return hasty.queryForList("select pg_sleep(5)");
        });
        script.step("after that", this::all);
    }

    private void transactions() {
        script.step(
                "committed",
                () -> transaction.execute(status -> template.update("insert into item (name) values ('a')")));
        script.step(
                "rolled back",
                () -> transaction.execute(status -> {
                    status.setRollbackOnly();
                    return template.update("insert into item (name) values ('b')");
                }));
        script.step(
                "failed",
                () -> transaction.execute(status -> {
                    template.update("insert into item (name) values ('c')");
                    throw new IllegalStateException("on purpose");
                }));
        script.step(
                "nested",
                () -> transaction.execute(status -> {
                    template.update("insert into item (name) values ('d')");
                    TransactionTemplate nested = of(TransactionDefinition.PROPAGATION_NESTED);
                    nested.execute(inner -> {
                        inner.setRollbackOnly();
                        return template.update("insert into item (name) values ('e')");
                    });
                    return all();
                }));
        script.step(
                "a new one within",
                () -> transaction.execute(status -> {
                    template.update("insert into item (name) values ('f')");
                    Object seen =
                            of(TransactionDefinition.PROPAGATION_REQUIRES_NEW).execute(inner -> all());
                    status.setRollbackOnly();
                    return seen;
                }));
        script.step("read-only", () -> {
            TransactionTemplate reading = of(TransactionDefinition.PROPAGATION_REQUIRED);
            reading.setReadOnly(true);
            reading.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
            return reading.execute(status -> template.update("insert into item (name) values ('g')"));
        });
        script.step(
                "settings afterwards",
                () -> template.queryForList(
                        "select current_setting('transaction_isolation') i, current_setting('transaction_read_only') r"));
        script.step("rows", this::all);
    }

    private TransactionTemplate of(int propagation) {
        TransactionTemplate other = new TransactionTemplate(transaction.getTransactionManager());
        other.setPropagationBehavior(propagation);
        return other;
    }
}
