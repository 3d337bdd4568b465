package dev.poolwright.agent.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page in a real browser, of JVMs that do what is known. */
class ConsolePageIT {

    private static final String ENGINE = "h2:mem:shop@sa";
    private static final String LINE = "com.acme.operated.Shop.open(Shop.java:";

    private static Chromium browser;

    private final Path jdk = ForkedJvm.jdks().get(ForkedJvm.jdks().size() - 1);

    @BeforeAll
    static void start_a_browser() throws Exception {
        browser = Chromium.start();
    }

    @AfterAll
    static void end_it() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void the_browser_had_nothing_to_complain_of() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_is_shown_is_what_the_engine_counts_and_follows_it() throws Exception {
        try (ConsoleJvm jvm = ConsoleJvm.start(jdk, ConsoleJvm.freePort(), ",pool.size=3,pool.overflow=2");
                Tab tab = browser.tab(1280, 900)) {
            jvm.does("hold 2");
            jvm.does("commit 5");
            jvm.does("leak 2");
            jvm.does("jmx");
            OperatedJvm.eventually("the leaks are found", () -> {
                say(jvm, "collect");
                return say(jvm, "beans Engine").contains("Leaked=2");
            });
            tab.open(jvm.link());
            tab.awaitText("#link-text", "live");

            assertThat(tab.value("location.href").asText()).doesNotContain("token");
            tab.awaitText("[data-figure=leaked] dd", "2");
            tab.awaitText("#leaks", LINE);
            String beans = jvm.does("beans Engine");
            Map<String, String> shown = Map.of(
                    "leased",
                    "Leased",
                    "idle",
                    "Idle",
                    "waiting",
                    "Waiting",
                    "size",
                    "Size",
                    "overflow",
                    "Overflow",
                    "opened",
                    "Opened",
                    "closed",
                    "Closed",
                    "leaked",
                    "Leaked",
                    "sessions reset",
                    "Resets",
                    "closed instead",
                    "ResetClosings");
            for (Map.Entry<String, String> each : shown.entrySet()) {
                assertThat(tab.text("[data-figure='" + each.getKey() + "'] dd"))
                        .as(each.getKey())
                        .isEqualTo(bean(beans, each.getValue()));
            }
            for (String each : List.of("leased", "idle", "waiting", "opened", "leaked")) {
                assertThat(tab.value("(e => e.firstChild.textContent)(document.querySelector('tr[data-engine=\""
                                        + ENGINE + "\"] [data-col=" + each + "]'))")
                                .asText())
                        .as(each)
                        .isEqualTo(bean(beans, shown.get(each)));
            }
            tab.awaitText("#commit-text", "5 · p50");
            assertThat(sum(tab, "#commit-bars")).isEqualTo(5);
            tab.awaitText("#wait-text", "9 · p50"); // held, committed and forgotten ones
            assertThat(sum(tab, "#wait-bars")).isEqualTo(9);
            assertThat(tab.text("#holders")).contains(LINE, "main");
            assertThat(tab.text("#leaks pre")).startsWith(LINE).contains("Shop.forget(", "Shop.main(");
            assertThat(tab.text("#settings"))
                    .contains("pool.size", "agent argument")
                    .doesNotContain("pool.kind");

            assertThat(tab.text("#flushes")).contains("None.");

            jvm.does("hold 3");
            tab.awaitText("tr[data-engine] [data-col=leased]", "5 / 5");
            jvm.does("ask");
            tab.awaitText("tr[data-engine] [data-col=waiting]", "1");
            tab.await("document.querySelector('svg.spark .waiting').getAttribute('d') !== ''");
            jvm.does("release");
            tab.awaitText("tr[data-engine] [data-col=leased]", "0 / 5");
            tab.awaitText("tr[data-engine] [data-col=waiting]", "0");
            tab.awaitText("#holders", "Nobody.");

            jvm.does("flush 60");
            tab.awaitText("#flushes", "com.acme.operated.BatchDesk.flush(BatchDesk.java:");
            assertThat(tab.text("#flushes")).contains("mybatis SqlSession", "commit", "2 inserts", "main");
            assertThat(tab.text("[data-total='Slow flushes'] dd")).isEqualTo("1");
        }
    }

    private static String say(ConsoleJvm jvm, String what) {
        try {
            return jvm.does(what);
        } catch (java.io.IOException ended) {
            throw new java.io.UncheckedIOException(ended);
        }
    }

    private static long sum(Tab tab, String bars) {
        return tab.value("[...document.querySelectorAll('" + bars
                        + " i')].reduce((all, bar) => all + Number(bar.title.split(': ')[1].replace(',', '')), 0)")
                .asLong();
    }

    private static String bean(String beans, String attribute) {
        Matcher found = Pattern.compile("\\b" + attribute + "=(\\S+)").matcher(beans);
        assertThat(found.find()).as(attribute + " in " + beans).isTrue();
        return found.group(1);
    }

    @Test
    void is_used_by_keys_alone() throws Exception {
        try (ConsoleJvm jvm = ConsoleJvm.start(jdk, ConsoleJvm.freePort(), ",pool.size=3,pool.overflow=2");
                Tab tab = browser.tab(1280, 900)) {
            jvm.does("hold 1");
            jvm.does("kind");
            jvm.does("engines 1");
            tab.open(jvm.link());
            tab.awaitText("#link-text", "live");

            tab.tabTo(
                    "document.activeElement.closest('tr') && document.activeElement.closest('tr').dataset.engine === '"
                            + ENGINE + "'");
            tab.enter();
            tab.await("document.activeElement.id === 'shown-title' && document.activeElement.textContent === '" + ENGINE
                    + "'");
            tab.tabTo("document.activeElement.id === 'do-resize'");
            tab.enter();
            tab.await("document.getElementById('ask').open && document.activeElement.id === 'ask-size'");
            tab.key("Escape", 27);
            tab.await("!document.getElementById('ask').open && document.activeElement.id === 'do-resize'");
            tab.enter();
            tab.await("document.activeElement.id === 'ask-size'");
            tab.type("7");
            tab.tabTo("document.activeElement.id === 'ask-overflow'");
            tab.type("-1");
            tab.enter();
            tab.awaitText("#answer-text", "size 7 + overflow unlimited");
            tab.awaitText("[data-figure=size] dd", "7");
            tab.await("document.activeElement.id === 'do-resize'");

            tab.tabTo("document.activeElement.id === 'do-drop-idle'");
            tab.enter();
            tab.awaitText("#ask-text", "1 idle connection will be closed now");
            tab.tabTo("document.activeElement.id === 'ask-yes'");
            tab.enter();
            tab.awaitText("#answer-text", "1 idle closed, 1 lent are left alone");
            tab.tabTo("document.activeElement.id === 'do-dispose'");
            tab.enter();
            tab.tabTo("document.activeElement.id === 'ask-yes'");
            tab.enter();
            tab.awaitText("#answer-text", "0 idle closed, 1 lent are closed when they come back");

            tab.awaitText("#holders", LINE);
            List<String> passed = new ArrayList<>();
            tab.tabTo("document.activeElement.className === 'skip' || document.activeElement === document.body");
            for (int i = 0; i < 100; i++) { // once round, and everything is shown where it is
                JsonNode at = tab.value(
                        "(e => [e.id || e.className || e.textContent.slice(0, 30), "
                                + "e === document.body || getComputedStyle(e).outlineStyle !== 'none'])(document.activeElement)");
                assertThat(at.get(1).asBoolean())
                        .as("the focus is to be seen on " + at)
                        .isTrue();
                String name = at.get(0).asText();
                if (i > 0 && name.equals(passed.get(0))) {
                    break;
                }
                passed.add(name);
                tab.key("Tab", 9);
            }
            assertThat(passed)
                    .hasSizeLessThan(100)
                    .contains("filter", "do-resize", "do-dispose", "all-settings", "answer-close");

            Set<String> named = Set.of(
                    "button",
                    "textbox",
                    "searchbox",
                    "spinbutton",
                    "checkbox",
                    "link",
                    "image",
                    "table",
                    "region",
                    "dialog");
            List<String> nameless = new ArrayList<>();
            int seen = 0;
            for (JsonNode node :
                    tab.call("Accessibility.getFullAXTree", Map.of()).get("nodes")) {
                if (named.contains(node.at("/role/value").asText())
                        && !node.path("ignored").asBoolean()) {
                    seen++;
                    if (node.at("/name/value").asText().isBlank()
                            && !node.at("/role/value").asText().equals("table")) {
                        nameless.add(node.toString());
                    }
                }
            }
            assertThat(nameless).isEmpty();
            assertThat(seen).isGreaterThan(20);
        }
    }

    @Test
    void no_engine_or_two_hundred_and_markup_is_text() throws Exception {
        try (ConsoleJvm jvm = ConsoleJvm.start(jdk, ConsoleJvm.freePort(), "", "-Xmx512m");
                Tab tab = browser.tab(1280, 900)) {
            jvm.does("kind");
            tab.open(jvm.link());
            tab.awaitText("#engines-title", "Engines");
            tab.awaitText("#shown-title", ENGINE); // one is shown by itself
            assertThat(jvm.shop().ask("detach").exitCode()).isZero();
            tab.awaitText("#no-engine", "No engine: the mode is off.");
            tab.await("document.getElementById('shown').hidden");
            assertThat(jvm.shop().ask("set", "mode=pool").exitCode()).isZero();

            jvm.does("hostile");
            jvm.does("engines 199");
            tab.awaitText("#engines-title", "200 engines");
            tab.await("document.querySelectorAll('#engine-rows tr').length === 200");
            assertThat(tab.text("[data-total=Leased] dd")).isEqualTo("201");
            tab.value(
                    "document.getElementById('filter').value = 'SHOP19'; document.getElementById('filter').dispatchEvent(new Event('input'))");
            tab.awaitText("#engines-title", "11 of 200 engines");
            tab.value(
                    "document.getElementById('filter').value = '<IMG'; document.getElementById('filter').dispatchEvent(new Event('input'))");
            tab.awaitText("#engines-title", "1 of 200 engines");
            tab.value("document.querySelector('.pick').click()");

            tab.awaitText("#shown-title", "h2:mem:<img src=x onerror=document.title='owned'>@sa");
            tab.awaitText("#holders", "select ? from markup where ?<script/onerror");
            assertThat(tab.text("#holders")).contains("<script>document.title='owned'</script>");
            assertThat(tab.text("#engine-rows")).contains("<img src=x onerror=document.title='owned'>");
            assertThat(tab.value(
                                    "[document.querySelectorAll('img').length, document.scripts.length, document.title].join()")
                            .asText())
                    .isEqualTo("0,1,Shop · Poolwright");
        }
    }

    @Test
    void a_jvm_that_is_started_anew_is_missed_and_asked_for_its_token() throws Exception {
        int port = ConsoleJvm.freePort();
        try (Tab tab = browser.tab(1280, 900)) {
            try (ConsoleJvm jvm = ConsoleJvm.start(jdk, port, "")) {
                jvm.does("hold 1");
                tab.open(jvm.link());
                tab.awaitText("tr[data-engine] [data-col=leased]", "1");
            }
            tab.awaitText("#link-text", "not reachable since ");
            assertThat(tab.value("document.getElementById('do-dispose').disabled")
                            .asBoolean())
                    .isTrue();
            assertThat(tab.text("tr[data-engine] [data-col=leased]"))
                    .as("what was last known")
                    .isEqualTo("1");
            try (ConsoleJvm jvm = ConsoleJvm.start(jdk, port, "")) {
                jvm.does("hold 3");
                String link = jvm.link();
                tab.awaitText("#link-text", "needs its token");
                assertThat(tab.text("#key-why")).startsWith("Another JVM answers here now");
                tab.await("document.activeElement.id === 'token'");

                tab.type("0".repeat(32));
                tab.enter();
                tab.awaitText("#link-text", "needs its token");
                tab.await("document.activeElement.id === 'token' && sessionStorage.length === 0");
                tab.type(link);
                tab.enter();

                tab.awaitText("#link-text", "live");
                tab.awaitText("tr[data-engine] [data-col=leased]", "3");
                assertThat(tab.value("document.getElementById('key').hidden").asBoolean())
                        .isTrue();
                tab.call("Page.reload", Map.of());
                tab.awaitText("#link-text", "live");
            }
        }
        browser.complaints(); // that nobody answered, and no to a token
    }

    @Test
    void is_read_on_a_narrow_screen_in_the_dark_and_in_the_light() throws Exception {
        try (ConsoleJvm jvm = ConsoleJvm.start(jdk, ConsoleJvm.freePort(), ",pool.sise=3");
                Tab tab = browser.tab(400, 800)) {
            jvm.does("hostile");
            jvm.does("hold 1");
            jvm.does("commit 2");
            jvm.does("leak 1");
            OperatedJvm.eventually("the leak is found", () -> {
                say(jvm, "collect");
                return jvm.stderr().contains("PW-201");
            });
            List<String> grounds = new ArrayList<>();
            for (String scheme : List.of("light", "dark")) {
                tab.scheme(scheme);
                tab.open("about:blank");
                tab.open(jvm.link());
                tab.awaitText("#link-text", "live");
                tab.value("document.querySelector('tr[data-engine=\"" + ENGINE
                        + "\"] button').click(); document.getElementById('all-settings').click()");
                tab.awaitText("#leaks", LINE);
                tab.value("document.querySelectorAll('details').forEach(each => each.open = true)");
                assertThat(tab.text("#notices")).contains("the nearest one is pool.size");
                for (int width : new int[] {400, 1280}) {
                    tab.size(width, 800);
                    assertThat(tab.value("document.documentElement.scrollWidth - innerWidth")
                                    .asInt())
                            .as("beyond the right edge at " + width)
                            .isLessThanOrEqualTo(0);
                    assertThat(tab.value(FAINT).toString())
                            .as(scheme + " at " + width)
                            .isEqualTo("[]");
                    tab.picture(Files.createDirectories(ForkedJvm.TARGET.resolve("page"))
                            .resolve(scheme + "-" + width + ".png"));
                }
                tab.size(400, 800);
                tab.value("document.getElementById('do-resize').click()");
                assertThat(tab.value(
                                        "(box => box.left >= 0 && box.right <= innerWidth)(document.getElementById('ask').getBoundingClientRect())")
                                .asBoolean())
                        .isTrue();
                grounds.add(tab.value("getComputedStyle(document.body).backgroundColor")
                        .asText());
            }
            assertThat(grounds).doesNotHaveDuplicates();
        }
    }

    /** Texts whose contrast is below what WCAG's level AA asks for. */
    private static final String FAINT = """
            (() => {
              const rgb = text => text.match(/[\\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= .03928 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4))
                  .reduce((all, c, i) => all + c * [.2126, .7152, .0722][i], 0);
              const faint = [];
              for (const each of document.querySelectorAll('body *')) {
                const own = [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
                if (!own || !each.checkVisibility() || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(each.tagName) || each.disabled) continue;
                let behind = each;
                while (behind && (rgb(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) behind = behind.parentElement;
                const a = light(rgb(getComputedStyle(each).color)), b = light(rgb(getComputedStyle(behind || document.body).backgroundColor));
                const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                if (ratio < 4.5) faint.push(each.tagName + '.' + each.className + ' ' + each.textContent.slice(0, 20) + ' ' + ratio.toFixed(2));
              }
              return faint.slice(0, 10);
            })()""";
}
