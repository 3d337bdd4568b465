package dev.poolwright.agent.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.ForkedJvm.Outcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that the application uses in every way there is, and whatever we say about it. */
class SecretsIT {

    private static final String IN_URL = "Url/Secret+1f77";
    private static final String IN_PROPERTIES = "Properties$Secret#2c91";
    private static final String IN_SETTER = "Setter&Secret=3e55";
    private static final String REFUSED = "Refused!Secret~4d07";
    private static final String OF_ALL = "Shop%Secret@5b28";
    private static final List<String> SECRETS = List.of(IN_URL, IN_PROPERTIES, IN_SETTER, REFUSED, OF_ALL);

    private final Path jdk = ForkedJvm.jdks().get(0);

    @TempDir
    Path folder;

    @Test
    void the_search_would_find_them() {
        for (String secret : SECRETS) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            assertThat(found("x" + secret + "y")).containsExactly(secret);
            assertThat(found(secret.toUpperCase(Locale.ROOT))).containsExactly(secret);
            assertThat(found(URLEncoder.encode(secret, StandardCharsets.UTF_8))).containsExactly(secret);
            assertThat(found("=" + Base64.getEncoder().encodeToString(bytes))).containsExactly(secret);
            assertThat(found(HexFormat.of().formatHex(bytes) + "00")).containsExactly(secret);
        }
        assertThat(found("a password")).isEmpty();
    }

    @Test
    void no_password_is_anywhere_in_what_we_say() throws Exception {
        Path log = folder.resolve("poolwright.log");
        int port = ConsoleJvm.freePort();
        String settings = "console=" + port
                + ",pool.size=2,pool.overflow=0,pool.strict=true,pool.checkoutTimeout=50ms,leak.reportAfter=1s,log="
                + log;
        List<String> said = new ArrayList<>();
        try (OperatedJvm shop = OperatedJvm.startOn(jdk, settings, "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", OF_ALL)) {
            assertThat(shop.does("hold 2")).isEqualTo("holds 2");
            assertThat(shop.does("url " + IN_URL)).isEqualTo("opened");
            assertThat(shop.does("properties " + IN_PROPERTIES)).isEqualTo("opened");
            assertThat(shop.does("setter " + IN_SETTER)).isEqualTo("opened");
            assertThat(shop.does("refused " + REFUSED)).startsWith("refused");
            String late = shop.does("timeout");
            assertThat(late).contains("PW-101");
            said.add(late);
            for (String question : List.of("status", "holders", "leaks", "doctor", "report")) {
                said.add(both(shop.ask(question)));
                said.add(both(shop.ask(question, "--json")));
            }
            said.add(both(OperatedJvm.line(jdk, "list")));
            said.add(ofPage(new ConsoleJvm(shop, port)));
            said.add(both(shop.ask("set", "pool.password=" + REFUSED)));
            said.add(both(shop.ask("resize", "nix=1")));
            said.add(both(shop.ask("jmx")));
            String beans = shop.does("beans");
            assertThat(beans).contains("jdbc:h2:mem:url", "jdbc:h2:mem:properties", "jdbc:h2:mem:setter");
            said.add(beans);
            OperatedJvm.eventually("long holders are told", () -> text(log).contains("PW-207"));
            said.add(both(shop.ask("detach")));
            said.add(shop.stderr());
            said.add(text(log));
        }

        assertThat(said).hasSize(20);
        for (String each : said) {
            assertThat(found(each)).as(each).isEmpty();
        }
    }

    /** The page, all it knows of each engine, and what it says to orders. */
    private static String ofPage(ConsoleJvm page) throws Exception {
        StringBuilder all = new StringBuilder(page.answer(page.request("/")).body());
        for (String engine : List.of("h2:mem:shop@sa", "h2:mem:url", "h2:mem:properties@sa", "h2:mem:setter@sa")) {
            String state = page.answer(
                            page.allowed("/api/state?engine=" + URLEncoder.encode(engine, StandardCharsets.UTF_8)))
                    .body();
            assertThat(state).contains("\"shown\"", "\"shownAs\": \"" + engine + "\"", "com.acme.operated.Shop.");
            all.append(state);
            all.append(page.answer(page.order(engine, "drop-idle", "{}")).body());
        }
        all.append(page.answer(page.order(REFUSED, "dispose", "{}")).body());
        return all.toString();
    }

    private static String both(Outcome outcome) {
        return outcome.out() + outcome.err();
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Those of the secrets that are in it, in whatever way. */
    private static List<String> found(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        for (String secret : SECRETS) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            if (lower.contains(secret.toLowerCase(Locale.ROOT))
                    || text.contains(URLEncoder.encode(secret, StandardCharsets.UTF_8))
                    || text.contains(Base64.getEncoder().withoutPadding().encodeToString(bytes))
                    || lower.contains(HexFormat.of().formatHex(bytes))) {
                found.add(secret);
            }
        }
        return found;
    }
}
