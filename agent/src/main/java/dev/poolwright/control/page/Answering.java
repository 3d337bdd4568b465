package dev.poolwright.control.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.poolwright.control.Answer;
import dev.poolwright.control.Json;
import dev.poolwright.gate.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers what comes in at the port. Any thread. */
final class Answering implements HttpHandler {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String ENGINES = "/api/engines/";
    private static final int MOST_BYTES = 1_024;

    private final Entrance entrance;
    private final Document document;
    private final State state;
    private final Orders orders;
    private final Operation operation;

    Answering(Entrance entrance, Document document, Operation operation) {
        this.entrance = entrance;
        this.document = document;
        this.state = new State(operation);
        this.orders = new Orders(operation);
        this.operation = operation;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            answer(exchange);
        } catch (RuntimeException | Error accident) {
            operation.accident(accident);
            refuse(exchange, 500, "an accident of the agent, the application did not notice: " + accident);
        } finally {
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        Entrance.Refusal refusal = entrance.byName(headers);
        String path = exchange.getRequestURI().getRawPath();
        boolean ofPage = "/".equals(path);
        if (refusal == null && !ofPage) {
            refusal = entrance.toSecrets(headers);
        }
        if (refusal != null) {
            refuse(exchange, refusal.status, refusal.sentence);
        } else if (ofPage || "/api/state".equals(path)) {
            if (!exchange.getRequestMethod().equals("GET")) {
                refuse(exchange, 405, "this is only to be read");
            } else if (ofPage) {
                exchange.getResponseHeaders().set("Content-Security-Policy", document.policy());
                send(exchange, 200, HTML, document.html());
            } else {
                send(
                        exchange,
                        200,
                        state.of(engineAsked(exchange.getRequestURI().getRawQuery())));
            }
        } else if (path != null && path.startsWith(ENGINES)) {
            order(exchange, path.substring(ENGINES.length()).split("/", -1));
        } else {
            refuse(exchange, 404, "there is nothing here");
        }
    }

    private void order(HttpExchange exchange, String[] path) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (path.length != 2 || !Orders.isOrder(path[1])) {
            refuse(exchange, 404, "there is nothing here");
        } else if (!exchange.getRequestMethod().equals("POST")) {
            refuse(exchange, 405, "this is done by POST");
        } else if (type == null || !type.split(";", -1)[0].trim().equalsIgnoreCase(JSON)) {
            refuse(exchange, 415, "this is told as " + JSON);
        } else {
            String body = body(exchange.getRequestBody());
            Answer answer = body == null
                    ? new Answer(Answer.USAGE, "that is too long")
                    : orders.carriedOut(decoded(path[0]), path[1], body);
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("code", answer.code());
            told.put("text", answer.text());
            send(exchange, answer.code() == Answer.OK ? 200 : answer.code() == Answer.USAGE ? 400 : 409, told);
        }
    }

    private static @Nullable String body(InputStream in) throws IOException {
        byte[] bytes = new byte[MOST_BYTES + 1];
        int length = 0;
        for (int more = 0; more >= 0 && length < bytes.length; more = in.read(bytes, length, bytes.length - length)) {
            length += more;
        }
        return length > MOST_BYTES ? null : new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Whose details are asked for, {@code engine=NAME}; null = nobody's. */
    private static @Nullable String engineAsked(@Nullable String query) {
        return query == null || !query.startsWith("engine=") ? null : decoded(query.substring("engine=".length()));
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), "UTF-8");
        } catch (UnsupportedEncodingException | IllegalArgumentException malformed) {
            return "";
        }
    }

    private static void refuse(HttpExchange exchange, int status, String sentence) throws IOException {
        if (status == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        send(exchange, status, Collections.<String, Object>singletonMap("error", sentence));
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> json) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        send(exchange, status, JSON, Json.of(json).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        if (exchange.getRequestMethod()
                .equals("HEAD")) { // the JDK's server warns, in the application's log, of a length there
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
