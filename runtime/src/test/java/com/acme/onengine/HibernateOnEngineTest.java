package com.acme.onengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;

/** Hibernate on an engine: as its data source, and by a connection provider. */
class HibernateOnEngineTest {

    private static void work(SessionFactory sessions) {
        sessions.inTransaction(session -> session.persist(new Item(1, "one")));
        assertThatThrownBy(() -> sessions.inTransaction(session -> {
                    session.persist(new Item(2, "two"));
                    session.flush();
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        long count = sessions.fromSession(session ->
                session.createQuery("select count(i) from Item i", Long.class).getSingleResult());
        assertThat(count).isEqualTo(1);
    }

    @Test
    void takes_it_as_its_data_source() {
        try (Engine engine =
                Engine.builder("jdbc:h2:mem:hibernate;DB_CLOSE_DELAY=-1").build()) {
            Configuration configuration = new Configuration().addAnnotatedClass(Item.class);
            configuration.getProperties().put("hibernate.connection.datasource", engine);
            configuration.setProperty("hibernate.hbm2ddl.auto", "create");
            try (SessionFactory sessions = configuration.buildSessionFactory()) {
                work(sessions);
                assertThat(engine.stats().leased()).isZero();
                assertThat(engine.stats().opened()).isLessThanOrEqualTo(2);
            }
            assertThat(engine.accidents()).isZero();
        }
    }

    @Test
    void takes_it_from_a_connection_provider_and_stops_it() {
        Configuration configuration = new Configuration().addAnnotatedClass(Item.class);
        configuration.setProperty("hibernate.connection.provider_class", EngineConnectionProvider.class.getName());
        configuration.setProperty("hibernate.connection.url", "jdbc:h2:mem:provided;DB_CLOSE_DELAY=-1");
        configuration.setProperty("hibernate.hbm2ddl.auto", "create");
        Engine engine;
        try (SessionFactory sessions = configuration.buildSessionFactory()) {
            work(sessions);
            engine = sessions.unwrap(SessionFactoryImplementor.class)
                    .getServiceRegistry()
                    .requireService(ConnectionProvider.class)
                    .unwrap(Engine.class);
            assertThat(engine.stats().leased()).isZero();
            assertThat(engine.stats().opened()).isPositive();
        }
        assertThat(engine.isClosed()).isTrue();
    }
}
