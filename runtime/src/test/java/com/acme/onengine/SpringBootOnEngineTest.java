package com.acme.onengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** An engine as the one DataSource bean: what Spring Boot makes of it by itself. */
class SpringBootOnEngineTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean // closed with the context
        Engine dataSource() {
            return Engine.builder("jdbc:h2:mem:boot;DB_CLOSE_DELAY=-1")
                    .name("boot")
                    .build();
        }

        @Bean
        Orders orders(JdbcTemplate jdbc) {
            return new Orders(jdbc);
        }
    }

    static class Orders {

        private final JdbcTemplate jdbc;

        Orders(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        public void add(int id, boolean fails) {
            jdbc.update("insert into orders values (?)", id);
            if (fails) {
                throw new IllegalStateException("no");
            }
        }

        @Transactional(readOnly = true, isolation = Isolation.SERIALIZABLE)
        public int isolation() {
            return jdbc.execute((ConnectionCallback<Integer>) Connection::getTransactionIsolation);
        }
    }

    @Test
    void is_used_for_templates_and_transactions_and_closed_with_the_context() throws Exception {
        Engine engine;
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run()) {
            engine = context.getBean(Engine.class);
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            Orders orders = context.getBean(Orders.class);
            jdbc.execute("create table orders (id int primary key)");
            orders.add(1, false);
            assertThatThrownBy(() -> orders.add(2, true)).isInstanceOf(IllegalStateException.class);
            assertThat(jdbc.queryForObject("select count(*) from orders", Integer.class))
                    .isEqualTo(1);
            assertThat(orders.isolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            try (Connection connection = engine.getConnection()) {
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            }
            assertThat(engine.stats().leased()).isZero();
            assertThat(engine.stats().opened()).isEqualTo(1);
            assertThat(engine.accidents()).isZero();
        }
        assertThat(engine.isClosed()).isTrue();
    }
}
