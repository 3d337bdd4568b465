package dev.poolwright.agent.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The server that other tests rely on, and that both drivers reach it. */
class MariaDbServerIT {

    @Test
    void takes_connections_of_both_drivers_with_the_password() throws Exception {
        try (MariaDbServer server = MariaDbServer.start()) {
            server.create("orders");
            for (String driver : new String[] {"mariadb", "mysql"}) {
                // Else MySQL's driver finds the tests' OpenTelemetry and logs about it.
                String url = "jdbc:" + driver + "://localhost:" + server.port() + "/orders?openTelemetry=DISABLED";
                try (Connection connection = DriverManager.getConnection(url, "clerk", "pencil")) {
                    assertThat(connection.getCatalog()).isEqualTo("orders");
                }
                assertThatThrownBy(() -> DriverManager.getConnection(url, "clerk", "pen"))
                        .isInstanceOf(SQLException.class);
            }
        }
    }
}
