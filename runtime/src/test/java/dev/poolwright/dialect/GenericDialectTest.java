package dev.poolwright.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenericDialectTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:oracle:thin:scott/tiger@//db:1521/orders, jdbc:oracle://db:1521/orders",
        "jdbc:oracle:thin:scott/ti:ger@db:1521:orders, jdbc:oracle:db:1521:orders",
        "jdbc:db2://db:50000/orders:password=tiger;user=scott;, jdbc:db2://db:50000/orders",
        "'jdbc:mysql://address=(host=db)(password=tiger)/orders', jdbc:mysql",
        "jdbc:mysql://scott:tiger@db/orders, jdbc:mysql://db/orders",
        "jdbc:mysql://db/orders?password=tiger, jdbc:mysql://db/orders",
        "jdbc:sqlserver://db:1433;password=tiger, jdbc:sqlserver://db:1433",
        "jdbc:sqlite:orders.db, jdbc:sqlite:orders.db"
    })
    void shows_no_credentials_of_a_url(String url, String shown) {
        assertThat(Dialects.forUrl(url).address(url).url()).isEqualTo(shown);
    }
}
