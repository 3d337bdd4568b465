package dev.poolwright.agent.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One page of {@link Chromium}: looked at by scripts, used by keys. */
final class Tab implements AutoCloseable {

    private final Chromium browser;
    private final String target;
    private final String session;

    Tab(Chromium browser, String target, String session) {
        this.browser = browser;
        this.target = target;
        this.session = session;
    }

    JsonNode call(String method, Map<String, Object> parameters) {
        return browser.call(session, method, parameters);
    }

    void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** {@code dark} or {@code light}, as the person has set. */
    void scheme(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void open(String address) {
        call("Page.navigate", Map.of("url", address));
    }

    /** The value of a script. */
    JsonNode value(String script) {
        JsonNode told =
                call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (told.has("exceptionDetails")) {
            throw new AssertionError(script + ": " + told.get("exceptionDetails"));
        }
        return told.at("/result/value");
    }

    String text(String selector) {
        return value("(document.querySelector(" + quoted(selector) + ") || {textContent: '(missing)'}).textContent")
                .asText();
    }

    /** Waits until a script is true. */
    void await(String script) {
        OperatedJvm.eventually(
                script + " on a page that says: ",
                () -> value("!!(" + script + ")").asBoolean());
    }

    /** Waits until the text of an element contains that. */
    void awaitText(String selector, String text) {
        String[] seen = new String[1];
        try {
            OperatedJvm.eventually(selector + " says " + text, () -> {
                seen[0] = text(selector);
                return seen[0].contains(text);
            });
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + ", but: " + seen[0] + "; the page says: " + text("body main"));
        }
    }

    /** Presses and lets go of a key without a sign. */
    void key(String name, int code) {
        Map<String, Object> key = Map.of("key", name, "code", name, "windowsVirtualKeyCode", code);
        Map<String, Object> down = new java.util.HashMap<>(key);
        down.put("type", name.equals("Enter") ? "keyDown" : "rawKeyDown");
        if (name.equals("Enter")) {
            down.put("text", "\r");
        }
        call("Input.dispatchKeyEvent", down);
        Map<String, Object> up = new java.util.HashMap<>(key);
        up.put("type", "keyUp");
        call("Input.dispatchKeyEvent", up);
    }

    void enter() {
        key("Enter", 13);
    }

    /** In place of what is in the field. */
    void type(String text) {
        value("document.activeElement.select()");
        call("Input.insertText", Map.of("text", text));
    }

    /** By Tab alone; a hundred times at the most. */
    void tabTo(String script) {
        List<String> passed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            key("Tab", 9);
            if (value("!!(" + script + ")").asBoolean()) {
                return;
            }
            passed.add(value("document.activeElement.outerHTML.slice(0, 80)").asText());
        }
        throw new AssertionError("no Tab leads to " + script + ", but to " + passed);
    }

    /** What it looks like, for people. */
    void picture(Path file) throws IOException {
        String data = call("Page.captureScreenshot", Map.of("format", "png"))
                .get("data")
                .asText();
        Files.write(file, Base64.getDecoder().decode(data));
    }

    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    public void close() {
        browser.call("", "Target.closeTarget", Map.of("targetId", target));
    }
}
