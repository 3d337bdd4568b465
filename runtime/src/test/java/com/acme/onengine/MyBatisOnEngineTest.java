package com.acme.onengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.junit.jupiter.api.Test;

class MyBatisOnEngineTest {

    interface Items {

        @Update("create table item (id int primary key, name varchar(20))")
        void create();

        @Insert("insert into item values (#{id}, #{name})")
        void insert(@Param("id") int id, @Param("name") String name);

        @Select("select count(*) from item")
        int count();
    }

    @Test
    void commits_rolls_back_and_gives_each_connection_back() {
        try (Engine engine =
                Engine.builder("jdbc:h2:mem:mybatis;DB_CLOSE_DELAY=-1").build()) {
            Configuration configuration =
                    new Configuration(new Environment("test", new JdbcTransactionFactory(), engine));
            configuration.addMapper(Items.class);
            SqlSessionFactory sessions = new SqlSessionFactoryBuilder().build(configuration);
            try (SqlSession session = sessions.openSession()) {
                session.getMapper(Items.class).create();
                session.getMapper(Items.class).insert(1, "one");
                session.commit();
                session.getMapper(Items.class).insert(2, "two");
                session.rollback();
            }
            try (SqlSession session = sessions.openSession()) {
                session.getMapper(Items.class).insert(3, "three");
            }
            try (SqlSession session = sessions.openSession(true)) {
                assertThat(session.getMapper(Items.class).count()).isEqualTo(1);
            }
            assertThat(engine.stats().leased()).isZero();
            assertThat(engine.stats().opened()).isEqualTo(1);
            assertThat(engine.accidents()).isZero();
        }
    }
}
