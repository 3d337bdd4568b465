package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.key.KeyParts;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.security.auth.Subject;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineKeyTest {

    private static final String URL = "jdbc:postgresql://db/orders";

    @Test
    void equal_properties_are_one_key_in_whatever_order_they_were_set() {
        Properties some = properties("user", "clerk", "password", "pencil", "ApplicationName", "till");
        Properties others = properties("ApplicationName", "till", "password", "pencil", "user", "clerk");

        assertThat(key(some)).isEqualTo(key(others)).hasSameHashCodeAs(key(others));
        assertThat(kept(some)).isEqualTo(key(others));
        assertThat(key(others)).isEqualTo(kept(some));
        assertThat(kept(others)).isEqualTo(kept(some));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "password", "currentSchema", "sslpassword"})
    void another_value_is_another_key(String name) {
        Properties info = properties("user", "clerk", "password", "pencil", "currentSchema", "a", "sslpassword", "x");
        EngineKey kept = kept(info);
        info.setProperty(name, "other");

        assertThat(key(info)).isNotEqualTo(kept);
        assertThat(kept(info)).isNotEqualTo(kept);
    }

    @Test
    void passwords_are_compared_to_the_last_letter() {
        EngineKey kept = kept(properties("user", "clerk", "password", "pencil"));
        for (String wrong : new String[] {"", "p", "penci", "pencils", "Pencil", "pencio"}) {
            assertThat(key(properties("user", "clerk", "password", wrong))).isNotEqualTo(kept);
        }
        assertThat(key(properties("user", "clerk"))).isNotEqualTo(kept);
    }

    @Test
    void an_empty_password_is_not_the_same_as_none() {
        assertThat(source(null)).isNotEqualTo(source(""));
        assertThat(source(null).kept()).isEqualTo(source(null)).isNotEqualTo(source(""));
        assertThat(source("").kept()).isEqualTo(source("")).isNotEqualTo(source(null));
    }

    private static EngineKey source(String password) {
        return EngineKey.ofDataSource(Subject.class, new KeyParts(1).addSecret(password));
    }

    @Test
    void characters_may_be_wiped_after_use() {
        char[] password = "pencil".toCharArray();
        Properties info = properties("user", "clerk");
        info.put("password", password);
        EngineKey first = key(info);
        Arrays.fill(password, '\0');

        assertThat(key(info)).isNotEqualTo(first);
        info.put("password", "pencil".toCharArray());
        assertThat(key(info)).isEqualTo(first).isEqualTo(first.kept());
        assertThat(key(info)).isNotEqualTo(key(properties("user", "clerk", "password", "pencils")));
    }

    @Test
    void numbers_count_and_what_nobody_can_compare_is_not_served() {
        Properties seven = properties("user", "clerk");
        seven.put("port", 7);
        Properties eight = properties("user", "clerk");
        eight.put("port", 8);
        Properties odd = properties("user", "clerk");
        odd.put("factory", new Object());

        assertThat(key(seven)).isEqualTo(key(seven)).isNotEqualTo(key(eight));
        assertThat(key(odd)).isNull();
    }

    @Test
    void own_values_are_told_from_defaults_that_not_every_driver_reads() {
        Properties own = properties("user", "clerk");
        Properties byDefault = new Properties(own);

        assertThat(key(byDefault)).isEqualTo(key(new Properties(own))).isNotEqualTo(key(own));
    }

    @Test
    void what_is_set_later_does_not_change_a_key() {
        Properties info = properties("user", "clerk", "password", "pencil");
        EngineKey before = key(info);
        info.setProperty("user", "auditor");

        assertThat(before).isEqualTo(key(properties("user", "clerk", "password", "pencil")));
    }

    @Test
    void a_key_that_is_kept_shows_no_password() throws Exception {
        Properties info = properties("user", "clerk", "password", "pencil", "sslpassword", "eraser");
        info.put("trustStorePassword", "ruler".toCharArray());
        EngineKey kept = kept(info);

        assertThat(kept.toString()).doesNotContain("pencil");
        assertThat(texts(kept))
                .contains("clerk")
                .noneMatch(text -> text.contains("pencil") || text.contains("eraser") || text.contains("ruler"));
    }

    /** All that a heap dump would show as text. */
    private static Set<String> texts(Object root) throws IllegalAccessException {
        Set<String> texts = new java.util.TreeSet<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>(Collections.singleton(root));
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (next instanceof String text) {
                texts.add(text);
            } else if (next instanceof char[] characters) {
                texts.add(new String(characters));
            } else if (next instanceof Object[] several) {
                Arrays.stream(several).filter(each -> each != null).forEach(open::push);
            } else if (next.getClass().getName().startsWith("dev.poolwright.") && seen.add(next)) {
                for (Field field : next.getClass().getDeclaredFields()) {
                    field.setAccessible(true);
                    Object value = field.get(next);
                    if (value != null) {
                        open.push(value);
                    }
                }
            }
        }
        return texts;
    }

    @Test
    void an_object_is_compared_by_identity_and_not_kept_alive() throws Exception {
        Object factory = new Object();
        EngineKey kept = of(factory).kept();
        assertThat(of(factory)).isEqualTo(kept);
        assertThat(of(new Object())).isNotEqualTo(kept);

        WeakReference<Object> reference = new WeakReference<>(factory);
        factory = null;
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
        }
        assertThat(reference.get()).isNull();
    }

    private static EngineKey of(Object part) {
        return EngineKey.ofDataSource(Subject.class, new KeyParts(1).add(part));
    }

    @Test
    void keys_that_differ_in_the_password_alone_are_told() {
        EngineKey kept = kept(properties("user", "clerk", "password", "pencil"));

        assertThat(key(properties("user", "clerk", "password", "pen")).differsInSecretsOnly(kept))
                .isTrue();
        assertThat(key(properties("user", "clerk", "password", "pencil")).differsInSecretsOnly(kept))
                .isFalse();
        assertThat(key(properties("user", "auditor", "password", "pen")).differsInSecretsOnly(kept))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                URL,
                URL + "?gssEncMode=prefer&password=pencil",
                "jdbc:sqlserver://db;integratedSecurity=true",
                "jdbc:oracle:thin:@db:1521:orders",
                "jdbc:db2://db:50000/orders"
            })
    void subjects_of_a_driver_that_logs_in_as_them_do_not_share(String url) throws Exception {
        Subject clerk = new Subject();
        EngineKey kept =
                as(clerk, () -> EngineKey.ofDriverManager(url, null, null).kept());

        assertThat(as(clerk, () -> EngineKey.ofDriverManager(url, null, null))).isEqualTo(kept);
        assertThat(as(new Subject(), () -> EngineKey.ofDriverManager(url, null, null)))
                .isNotEqualTo(kept);
        assertThat(EngineKey.ofDriverManager(url, null, null)).isNotEqualTo(kept);
    }

    @Test
    void a_subject_that_logs_in_as_another_is_another() throws Exception {
        Subject subject = new Subject();
        subject.getPrincipals().add(new X500Principal("CN=clerk"));
        EngineKey clerk = as(subject, EngineKeyTest::ofCaller).kept();
        assertThat(as(subject, EngineKeyTest::ofCaller)).isEqualTo(clerk);

        subject.getPrincipals().clear();
        assertThat(as(subject, EngineKeyTest::ofCaller)).isNotEqualTo(clerk);
        subject.getPrincipals().add(new X500Principal("CN=auditor"));
        EngineKey auditor = as(subject, EngineKeyTest::ofCaller).kept();
        assertThat(auditor).isNotEqualTo(clerk);

        subject.getPrivateCredentials().add(new Object()); // a ticket, handed on by whoever is served
        assertThat(as(subject, EngineKeyTest::ofCaller)).isNotEqualTo(auditor);
        subject.getPrivateCredentials().clear();
        assertThat(as(subject, EngineKeyTest::ofCaller)).isEqualTo(auditor);
    }

    private static EngineKey ofCaller() {
        return EngineKey.ofDriverManager(URL, null, null);
    }

    @Test
    void subjects_share_where_nothing_depends_on_them() throws Exception {
        Properties info = properties("user", "clerk", "password", "pencil");
        EngineKey kept = as(new Subject(), () -> kept(info));

        assertThat(as(new Subject(), () -> key(info))).isEqualTo(kept);
        assertThat(key(info)).isEqualTo(kept);
        info.setProperty("jaasApplicationName", "till");
        assertThat(as(new Subject(), () -> key(info))).isNotEqualTo(key(info));
        assertThat(as(new Subject(), () -> EngineKey.ofDriverManager("jdbc:h2:mem:a", null, null)))
                .isEqualTo(EngineKey.ofDriverManager("jdbc:h2:mem:a", null, null));
    }

    @SuppressWarnings({"removal", "unchecked"})
    private static <T> T as(Subject subject, Callable<T> work) throws Exception {
        try {
            return (T) Subject.class
                    .getMethod("callAs", Subject.class, Callable.class)
                    .invoke(null, subject, work);
        } catch (NoSuchMethodException beforeJava18) {
            return Subject.doAs(subject, (java.security.PrivilegedExceptionAction<T>) work::call);
        }
    }

    private static EngineKey key(Properties info) {
        return EngineKey.ofDriverManager(URL, info, null);
    }

    private static EngineKey kept(Properties info) {
        return key(info).kept();
    }

    private static Properties properties(String... namesAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return properties;
    }
}
