package dev.poolwright.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "jdbc:postgresql:orders | localhost | 5432 | orders",
                "jdbc:postgresql:// | localhost | 5432 | -",
                "jdbc:postgresql://db/orders | db | 5432 | orders",
                "jdbc:postgresql://db:5433/orders?user=app | db | 5433 | orders",
                "jdbc:postgresql://[::1]:5433/ | [::1] | 5433 | -",
                "jdbc:postgresql://a,b/orders?targetServerType=primary | a,b | 5432 | orders",
                "jdbc:postgresql://a:1,b:2/orders | a:1,b:2 | -1 | orders",
                "jdbc:mysql://db/orders | db | 3306 | orders",
                "jdbc:mysql:loadbalance://a,b:3306/orders | a,b | 3306 | orders",
                "jdbc:mysql:replication://a:1,b:2/orders | a:1,b:2 | -1 | orders",
                "jdbc:mysql://app:pw@[a:1,b:1]/orders | a,b | 1 | orders",
                "jdbc:mysql://(host=db,port=3307,user=app,password=pw)/orders | db | 3307 | orders",
                "jdbc:mysql://address=(host=a)(port=1)(user=app),address=(host=b)(port=1)/x | a,b | 1 | x",
                "jdbc:mysql+srv://app:pw@cluster.example/orders | cluster.example | -1 | orders",
                "jdbc:mariadb://db:3307/?user=app | db | 3307 | -",
                "jdbc:mariadb:sequential:address=(host=db) | - | -1 | -",
                "jdbc:mariadb:replication://a,b/orders?password=pw | a,b | 3306 | orders",
                "jdbc:h2:tcp://db:9093/~/orders;USER=sa | db | 9093 | ~/orders",
                "jdbc:h2:tcp:db/orders | db | 9092 | orders",
                "jdbc:h2:ssl://[::1]/orders | [::1] | 9092 | orders",
                "jdbc:h2:tcp://a,b:9092/orders | a,b | 9092 | orders",
                "jdbc:h2:tcp://db | db | 9092 | ''",
                "jdbc:h2:tcp:// | localhost | 9092 | ''",
                "jdbc:h2:mem:orders;USER=sa | - | -1 | mem:orders",
                "jdbc:hsqldb:hsql://db/orders | db | 9001 | orders",
                "jdbc:hsqldb:hsqls://db:555/orders;user=sa | db | 555 | orders",
                "jdbc:hsqldb:http://db | db | 80 | -",
                "jdbc:hsqldb:mem:orders;shutdown=true | - | -1 | mem:orders",
                "jdbc:derby://db/orders;create=true | db | 1527 | orders",
                "jdbc:derby://db:1528/C:/orders | db | 1528 | C:/orders",
                "jdbc:derby:memory:orders;create=true | - | -1 | memory:orders",
                "jdbc:sqlite:orders.db | - | -1 | orders.db",
                "jdbc:sqlite: | - | -1 | ''",
                "jdbc:sqlserver://db;databaseName=orders;user=app | db | 1433 | orders",
                "jdbc:sqlserver://db:1444;database={or;ders};password={p;w} | db | 1444 | or;ders",
                "jdbc:sqlserver://db\\TEST;databaseName=orders | db | -1 | orders",
                "jdbc:sqlserver://db\\TEST:1444 | db | 1444 | -",
                "jdbc:sqlserver://;password={a;server=evil};serverName=db;portNumber=1444 | db | 1444 | -",
                "jdbc:sqlserver:// | localhost | 1433 | -",
                "jdbc:sqlserver: | localhost | 1433 | -",
                "jdbc:oracle:thin:@db:1522:ORCL | db | 1522 | ORCL",
                "jdbc:oracle:thin:@db:1522/orders | db | 1522 | orders",
                "jdbc:oracle:thin:scott/ti@ger@//db/orders | db | 1521 | orders",
                "jdbc:oracle:thin:@//a:1521,b:1521/orders:dedicated?retry_count=3 | a,b | 1521 | orders",
                "jdbc:oracle:thin:@tcps://db:2484/orders?wallet_location=/secret | db | 2484 | orders",
                "jdbc:oracle:thin:@//[::1]:1522/orders | [::1] | 1522 | orders",
                "jdbc:oracle:thin:@ldap://dir:7777/sales,cn=OracleContext | dir | 7777 | sales",
                "jdbc:oracle:oci:@ORDERS | ORDERS | -1 | -",
                "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1522))(CONNECT_DATA=(SERVICE_NAME=orders)))"
                        + " | db | 1522 | orders",
                "jdbc:oracle:thin: | localhost | -1 | -",
                "jdbc:db2://db:50000/orders:user=app;password=pw; | db | 50000 | orders",
                "jdbc:db2://db/orders | db | 446 | orders",
                "jdbc:db2:ORDERS:user=app; | localhost | -1 | ORDERS",
                "jdbc:other://db/orders | - | -1 | -",
            })
    void is_read_from_a_url(String url, String host, int port, String database) {
        DatabaseAddress address = Dialects.forUrl(url).address(url);

        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.database()).isEqualTo(database);
        // An engine is found again, by its server, with what is shown of its URL.
        assertThat(Dialects.forUrl(url).address(address.url()).server()).isEqualTo(address.server());
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://app:tiger@db/orders?password=tiger, jdbc:postgresql://db/orders",
        "jdbc:h2:tcp://db/orders;USER=sa;PASSWORD=tiger, jdbc:h2:tcp://db/orders",
        "jdbc:oracle:thin:scott/tiger@//db:1521/orders, jdbc:oracle:thin:@//db:1521/orders",
        "jdbc:oracle:thin:scott/ti:g?er@db:1521:orders, jdbc:oracle:thin:@//db:1521/orders",
        "'jdbc:oracle:thin:scott/\"t@(i\"@(HOST=db)(SID=orders)', jdbc:oracle:thin:@//db:1521/orders",
        "jdbc:oracle:thin:scott/tiger, jdbc:oracle:thin",
        "jdbc:db2://db:50000/orders:password=tiger;user=scott;, jdbc:db2://db:50000/orders",
        "'jdbc:mysql://address=(host=db)(password=tiger)/orders', jdbc:mysql://db/orders",
        "'jdbc:mysql://(host=a,password=tiger),scott:tiger@b:1/orders', 'jdbc:mysql://a:3306,b:1/orders'",
        "'jdbc:mysql://(key_store=/x/y,host=db)/orders', jdbc:mysql://db/orders",
        "jdbc:mysql://scott:tiger@db/orders, jdbc:mysql://db/orders",
        "jdbc:mysql://db/orders?password=tiger, jdbc:mysql://db/orders",
        "jdbc:mariadb:scott:tiger, jdbc:mariadb",
        "jdbc:sqlserver://db:1433;password=tiger, jdbc:sqlserver://db:1433",
        "jdbc:sqlserver://;serverName=db;password=tiger, jdbc:sqlserver://db",
        "jdbc:sqlite:orders.db?password=tiger, jdbc:sqlite:orders.db",
        "jdbc:derby:orders;bootPassword=tiger, jdbc:derby:orders",
        "jdbc:other:thin:scott/tiger@//db:1521/orders, jdbc:other://db:1521/orders",
        "jdbc:other:thin:scott/ti:ger@db:1521:orders, jdbc:other:db:1521:orders",
        "jdbc:other://db:50000/orders:password=tiger;user=scott;, jdbc:other://db:50000/orders",
        "jdbc:other://scott:tiger@db/orders, jdbc:other://db/orders"
    })
    void shows_no_credentials_of_a_url(String url, String shown) {
        assertThat(Dialects.forUrl(url).address(url).url()).isEqualTo(shown);
        assertThat(shown).doesNotContain("tiger", "scott");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql",
                "h2",
                "mysql",
                "mysql+srv",
                "mariadb",
                "hsqldb",
                "derby",
                "sqlite",
                "sqlserver",
                "oracle",
                "db2"
            })
    void is_told_of_every_string_that_a_driver_may_be_asked_to_open(String subprotocol) {
        for (String rest :
                new String[] {"", ":", "//", "@", "://", "//@", "//:", "//[", "//(", "@(", "=;{", "//,", ";=", "?"}) {
            String url = "jdbc:" + subprotocol + ":" + rest;
            Dialect dialect = Dialects.forUrl(url);
            assertThat(dialect.address(url).url()).startsWith("jdbc:" + subprotocol);
            assertThat(dialect.pooling(url, null)).isNotNull();
        }
    }
}
