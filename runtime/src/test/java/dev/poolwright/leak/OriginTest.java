package dev.poolwright.leak;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.OrderDao;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginTest {

    @Test
    void names_the_first_line_of_the_application_and_the_thread() {
        Origin origin = OrderDao.origin();
        assertThat(origin.site()).startsWith("com.acme.OrderDao.origin(OrderDao.java:");
        assertThat(origin.stack().get(0).getClassName()).isEqualTo("com.acme.OrderDao");
        assertThat(origin.thread()).isEqualTo(Thread.currentThread().getName());
    }

    @Test
    void skips_us_the_jdk_proxies_reflection_and_drivers() {
        Origin origin = of(
                "dev.poolwright.jdbc.X",
                "java.sql.PoolwrightHook",
                "java.sql.DriverManager",
                "org.postgresql.ds.PGSimpleDataSource",
                "org.h2.jdbcx.JdbcDataSource",
                "com.sun.proxy.$Proxy12",
                "jdk.proxy2.$Proxy7",
                "sun.reflect.NativeMethodAccessorImpl",
                "jdk.internal.reflect.DirectMethodHandleAccessor",
                "javax.naming.InitialContext",
                "com.acme.Dao",
                "com.acme.Main");
        assertThat(origin.site()).isEqualTo("com.acme.Dao.call(X.java:1) < com.acme.Main.call(X.java:1)");
        assertThat(origin.stack()).hasSize(2);
    }

    @Test
    void skips_pools_mappers_and_frameworks() {
        Origin origin = of(
                "com.zaxxer.hikari.HikariDataSource",
                "org.springframework.jdbc.core.JdbcTemplate",
                "org.apache.ibatis.session.Session",
                "com.acme.Dao");
        assertThat(origin.site()).isEqualTo("com.acme.Dao.call(X.java:1)");
        assertThat(origin.isOfApplication()).isTrue();
    }

    @Test
    void skips_proxies_in_packages_of_the_application_but_not_its_own_code() {
        StackTraceElement[] stack = {
            new StackTraceElement("com.acme.$Proxy5", "count", null, -1),
            new StackTraceElement("com.acme.Orders$$SpringCGLIB$$0", "count", "<generated>", -1),
            new StackTraceElement("com.acme.Orders$$anonfun$1", "apply", "Orders.scala", 7),
            new StackTraceElement("com.acme.Main", "main", "Main.java", 3)
        };
        Throwable thrown = new Throwable();
        thrown.setStackTrace(stack);

        assertThat(new Origin(thrown, "main").site())
                .isEqualTo("com.acme.Orders$$anonfun$1.apply(Orders.scala:7) < com.acme.Main.main(Main.java:3)");
    }

    @Test
    void names_who_called_what_opens_all_connections() {
        assertThat(siteOf(
                        "com.acme.Db.open:1",
                        "com.acme.BaseDao.connection:2",
                        "org.springframework.aop.Interceptor.invoke:3",
                        "com.acme.OrderDao.save:4",
                        "com.acme.OrderService.order:5",
                        "java.lang.Thread.run:6"))
                .isEqualTo("com.acme.Db.open(Db.java:1) < com.acme.BaseDao.connection(BaseDao.java:2)"
                        + " < com.acme.OrderDao.save(OrderDao.java:4)");
    }

    @Test
    void names_three_classes_however_many_methods_of_theirs_are_on_the_way() {
        assertThat(siteOf(
                        "com.acme.Db.open:1",
                        "com.acme.Db.connect:2",
                        "com.acme.OrderDao.read:3",
                        "com.acme.OrderDao.byNumber:4",
                        "com.acme.Shop.show:5",
                        "com.acme.Shop.main:6"))
                .isEqualTo("com.acme.Db.open(Db.java:1) < com.acme.Db.connect(Db.java:2)"
                        + " < com.acme.OrderDao.read(OrderDao.java:3) < com.acme.OrderDao.byNumber(OrderDao.java:4)"
                        + " < com.acme.Shop.show(Shop.java:5)");
    }

    @Test
    void a_method_that_calls_itself_or_its_overload_is_one_of_those() {
        assertThat(siteOf(
                        "com.acme.Db.open:1",
                        "com.acme.Db.open:2",
                        "com.acme.Tree.walk:3",
                        "com.acme.Tree.walk:3",
                        "com.acme.Tree.walk:3",
                        "com.acme.Main.main:4"))
                .isEqualTo(
                        "com.acme.Db.open(Db.java:1) < com.acme.Tree.walk(Tree.java:3) < com.acme.Main.main(Main.java:4)");
    }

    @Test
    void what_calls_applications_is_not_among_their_callers() {
        assertThat(siteOf(
                        "com.acme.OrderServlet.doGet:1",
                        "jakarta.servlet.http.HttpServlet.service:2",
                        "org.apache.catalina.core.ApplicationFilterChain.doFilter:3",
                        "com.acme.LoginFilter.doFilter:4",
                        "org.apache.coyote.AbstractProcessor.process:5"))
                .isEqualTo(
                        "com.acme.OrderServlet.doGet(OrderServlet.java:1) < com.acme.LoginFilter.doFilter(LoginFilter.java:4)");
    }

    @Test
    void tells_a_thread_of_a_pool_from_the_application() {
        assertThat(of("com.mchange.v2.c3p0.DriverManagerDataSource", "java.lang.Thread")
                        .isOfApplication())
                .isFalse();
        assertThat(of().isOfApplication()).isFalse();
    }

    @Test
    void without_an_application_names_the_driver_that_called() {
        Origin origin = of("dev.poolwright.jdbc.X", "java.sql.DriverManager", "org.h2.tools.Shell", "java.lang.Thread");
        assertThat(origin.site()).isEqualTo("org.h2.tools.Shell.call(X.java:1)");
    }

    @Test
    void without_anything_else_names_the_innermost_that_is_not_ours() {
        assertThat(of("dev.poolwright.jdbc.X", "java.sql.PoolwrightHook", "java.sql.DriverManager", "java.lang.Thread")
                        .site())
                .isEqualTo("java.sql.DriverManager.call(X.java:1)");
    }

    @Test
    void without_a_stack_says_so() {
        assertThat(of().site()).isEqualTo("unknown line");
        assertThat(of().stack()).isEmpty();
    }

    private static String siteOf(String... calls) {
        Throwable stack = new Throwable();
        stack.setStackTrace(Arrays.stream(calls).map(OriginTest::frame).toArray(StackTraceElement[]::new));
        return new Origin(stack, "main").site();
    }

    /** {@code com.acme.Db.open:1}. */
    private static StackTraceElement frame(String call) {
        String method = call.substring(0, call.indexOf(':'));
        String type = method.substring(0, method.lastIndexOf('.'));
        return new StackTraceElement(
                type,
                method.substring(type.length() + 1),
                type.substring(type.lastIndexOf('.') + 1) + ".java",
                Integer.parseInt(call.substring(call.indexOf(':') + 1)));
    }

    private static Origin of(String... classes) {
        List<StackTraceElement> frames = new ArrayList<>();
        for (String type : classes) {
            frames.add(new StackTraceElement(type, "call", "X.java", 1));
        }
        Throwable stack = new Throwable();
        stack.setStackTrace(frames.toArray(new StackTraceElement[0]));
        return new Origin(stack, "main");
    }
}
