package com.acme.traced;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** An order: one flush of a batch and one commit. Knows nothing of OpenTelemetry. */
public class Order implements Work {

    /** The mapper. */
    public interface Lines {
        @Insert("insert into line values (#{id})")
        int insert(int id);
    }

    private static final String URL = "jdbc:h2:mem:traced;DB_CLOSE_DELAY=-1";

    private final SqlSessionFactory factory;

    /** Makes the table. */
    public Order() throws Exception {
        Class.forName("org.h2.Driver");
        try (Connection connection = DriverManager.getConnection(URL, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists line (id int)");
        }
        UnpooledDataSource source = new UnpooledDataSource("org.h2.Driver", URL, "sa", "");
        Configuration configuration =
                new Configuration(new Environment("orders", new JdbcTransactionFactory(), source));
        configuration.addMapper(Lines.class);
        factory = new SqlSessionFactoryBuilder().build(configuration);
    }

    @Override
    public String run() {
        try (SqlSession session = factory.openSession(ExecutorType.BATCH)) {
            Lines lines = session.getMapper(Lines.class);
            lines.insert(1);
            lines.insert(2);
            session.commit();
        }
        return "ordered";
    }
}
